package io.asgi4j.tck.mutant;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into heads of requests and responses, sound or not, and changes them. */
final class Head {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");

    private Head() {}

    /** The status of a response; 0 if there is none. */
    static int status(String head) {
        var matcher = STATUS.matcher(head);
        return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** The target of a request; empty if there is none. */
    static String target(String head) {
        var words = head.split(" ", 3);
        return words.length < 3 ? "" : words[1];
    }

    /** The value of the first field of a name. */
    static Optional<String> field(String head, String name) {
        var matcher = line(name).matcher(head);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    /** The same with a field line in front of the others. */
    static String with(String head, String line) {
        return head.replaceFirst("\n", "\n" + Matcher.quoteReplacement(line) + "\r\n");
    }

    /** The same without the fields of a name. */
    static String without(String head, String name) {
        return Pattern.compile("(?im)^" + Pattern.quote(name) + ":[^\n]*\n")
                .matcher(head)
                .replaceAll("");
    }

    /** The same with another value in all fields of a name. */
    static String replace(String head, String name, String value) {
        return Pattern.compile("(?im)^(" + Pattern.quote(name) + ":)[^\r\n]*")
                .matcher(head)
                .replaceAll("$1 " + Matcher.quoteReplacement(value));
    }

    /** Whether a request asks for WebSocket. */
    static boolean isUpgrade(String head) {
        return field(head, "upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
    }

    /** Whether bytes in chunks follow. */
    static boolean isChunked(String head) {
        return field(head, "transfer-encoding")
                .filter(value -> value.toLowerCase(Locale.ROOT).endsWith("chunked"))
                .isPresent();
    }

    private static Pattern line(String name) {
        return Pattern.compile("(?im)^" + Pattern.quote(name) + ":([^\r\n]*)");
    }
}
