package io.asgi4j.spec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What characters names and values may have, by table look-up; and how text is shown to people. */
final class Syntax {

    /** How many characters of a text are shown. */
    private static final int MAX_PREVIEW = 256;

    private static final String DIGITS = "0123456789";
    private static final String LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER_CASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private static final boolean[] HEADER_NAME = table(DIGITS + LOWER_CASE + TOKEN_PUNCTUATION);
    private static final boolean[] TOKEN = table(DIGITS + LOWER_CASE + UPPER_CASE + TOKEN_PUNCTUATION);
    private static final boolean[] PATH = table(DIGITS + LOWER_CASE + UPPER_CASE + "/-._~!$&'()*+,;=:@");
    private static final boolean[] HEADER_VALUE = headerValue();

    private Syntax() {}

    private static boolean[] table(String characters) {
        var table = new boolean[128];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }

    /** Returns the table of ISO-8859-1 without its control characters below 0x80, but with the tab. */
    private static boolean[] headerValue() {
        var table = new boolean[256];
        Arrays.fill(table, ' ', table.length, true);
        table[0x7f] = false;
        table['\t'] = true;
        return table;
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && consistsOf(TOKEN, text);
    }

    static boolean isHeaderName(String text) {
        return !text.isEmpty() && consistsOf(HEADER_NAME, text);
    }

    private static boolean consistsOf(boolean[] table, String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            var c = text.charAt(i);
            if (c >= table.length || !table[c]) {
                return false;
            }
        }
        return true;
    }

    static boolean isHeaderValue(String text) {
        return text.isEmpty()
                || (consistsOf(HEADER_VALUE, text)
                        && !isBlank(text.charAt(0))
                        && !isBlank(text.charAt(text.length() - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isLatin1(String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            if (text.charAt(i) > 0xff) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether a text is a header name, which is lower-case, where the case of ASCII letters does not count. */
    static boolean isName(String name, String text) {
        if (name.equals(text)) {
            return true;
        }
        if (name.length() != text.length()) {
            return false;
        }
        for (int i = 0, length = name.length(); i < length; i++) {
            var c = text.charAt(i);
            if (name.charAt(i) != (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a path with everything percent-encoded that may not stand in a URI's path. */
    static String percentEncode(String path) {
        var encoded = new StringBuilder(path.length());
        for (var b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b >= 0 && PATH[b]) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** Returns a text that is safe to print: cut to a bounded length, and with control characters escaped. */
    static String preview(String text) {
        var length = Math.min(text.length(), MAX_PREVIEW);
        var preview = new StringBuilder(length + 32);
        for (int i = 0; i < length; i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                preview.append("\\n");
            } else if (Character.isISOControl(c) || (Character.isHighSurrogate(c) && i == length - 1)) {
                preview.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                preview.append(c);
            }
        }
        if (length < text.length()) {
            preview.append("… (").append(text.length()).append(" characters)");
        }
        return preview.toString();
    }
}
