package io.asgi4j.server.netty.access;

/**
 * Text of a client, made safe to print.
 *
 * <p>Whatever could end a line, end a quotation or move a terminal's cursor is written as {@code \xHH}, as nginx does.
 */
public final class Printable {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Printable() {}

    /** {@return the text with all but printable ASCII escaped} */
    public static String of(String text) {
        return append(new StringBuilder(text.length() + 16), text).toString();
    }

    static StringBuilder append(StringBuilder line, String text) {
        var start = 0;
        for (var i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                line.append(text, start, i);
                appendEscaped(line, text.charAt(i));
                start = i + 1;
            }
        }
        return line.append(text, start, text.length());
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7F && c != '"' && c != '\\';
    }

    private static void appendEscaped(StringBuilder line, char c) {
        if (c > 0xFF) {
            line.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 0xF]);
        } else {
            line.append("\\x");
        }
        line.append(HEX[c >> 4 & 0xF]).append(HEX[c & 0xF]);
    }
}
