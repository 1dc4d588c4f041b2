package io.asgi4j.tck.wire;

/**
 * One field line.
 *
 * @param line the line as it was on the wire, without its end
 * @param name what stands before the first colon, as it is written; the whole line if it has none
 * @param value what stands behind, without the white space around it; ISO-8859-1
 */
public record Field(Octets line, String name, String value) {
    private static final String TOKEN_SYMBOLS = "!#$%&'*+-.^_`|~";

    public static Field parse(Octets line) {
        var text = line.toLatin1();
        var colon = text.indexOf(':');
        return colon < 0
                ? new Field(line, text, "")
                : new Field(line, text.substring(0, colon), withoutSpaceAround(text.substring(colon + 1)));
    }

    public static Field of(String name, String value) {
        return parse(Octets.latin1(name + ": " + value));
    }

    /** Whether the line has a colon, its name is a token, and its value has no control character but HTAB. */
    public boolean isWellFormed() {
        return line.indexOf(Octets.latin1(":"), 0) > 0
                && name.chars().allMatch(Field::isTokenCharacter)
                && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7F));
    }

    public boolean isNamed(String other) {
        return name.equalsIgnoreCase(other);
    }

    @Override
    public String toString() {
        return Printable.escaped(line);
    }

    private static boolean isTokenCharacter(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || TOKEN_SYMBOLS.indexOf(c) >= 0;
    }

    private static String withoutSpaceAround(String text) {
        var from = 0;
        var to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (from < to && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
