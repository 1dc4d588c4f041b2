package io.asgi4j.tck.wire;

import java.util.regex.Pattern;

/**
 * The first line of a response.
 *
 * @param line the line as it was on the wire, without its end
 * @param version such as {@code 1.1}; empty if the line is malformed
 * @param status 0 if the line is malformed
 * @param reason may be empty
 */
public record StatusLine(Octets line, String version, int status, String reason) {
    /** No status line came. */
    public static final StatusLine NONE = new StatusLine(Octets.EMPTY, "", 0, "");

    private static final Pattern FORM = Pattern.compile("HTTP/(\\d\\.\\d) (\\d{3}) (.*)", Pattern.DOTALL);
    /** Without the space that RFC 9112 demands even before an empty reason. */
    private static final Pattern NEARLY = Pattern.compile("HTTP/(\\d(?:\\.\\d)?) +(\\d{3})(?: +(.*))?", Pattern.DOTALL);

    /** Takes what can be understood of a line. */
    public static StatusLine parse(Octets line) {
        var parts = NEARLY.matcher(line.toLatin1());
        if (!parts.matches()) {
            return new StatusLine(line, "", 0, "");
        }
        var reason = parts.group(3);
        return new StatusLine(line, parts.group(1), Integer.parseInt(parts.group(2)), reason == null ? "" : reason);
    }

    public boolean isWellFormed() {
        return FORM.matcher(line.toLatin1()).matches();
    }

    @Override
    public String toString() {
        return Printable.escaped(line);
    }
}
