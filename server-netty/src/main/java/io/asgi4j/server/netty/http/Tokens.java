package io.asgi4j.server.netty.http;

/** The character classes of RFC 9110 5.6.2 and RFC 3986 that requests are checked against. */
public final class Tokens {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    /** What each octet is in a name that is turned to lower case; 0 for those that no name has. */
    private static final byte[] LOWER_CASE_TOKEN = new byte[256];
    /** What a field's value may consist of (RFC 9110 5.5). */
    private static final boolean[] VALUE = new boolean[256];

    static {
        for (var octet = 0; octet < 256; octet++) {
            LOWER_CASE_TOKEN[octet] = (byte) (TOKEN[octet] ? lowerCase((char) octet) : 0);
            VALUE[octet] = octet == '\t' || (octet >= ' ' && octet != 0x7F);
        }
    }

    /** What a host may consist of: a name or an IPv4 address, with percent escapes. */
    private static final boolean[] REG_NAME = table("-._~!$&'()*+,;=%");
    /** What stands between brackets: an IPv6 address, or one of the future. */
    private static final boolean[] IP_LITERAL = table("-._~!$&'()*+,;=%:");

    private Tokens() {}

    private static boolean[] table(String others) {
        var table = new boolean[256];
        for (var c = '0'; c <= '9'; c++) {
            table[c] = true;
        }
        for (var c = 'a'; c <= 'z'; c++) {
            table[c] = true;
            table[Character.toUpperCase(c)] = true;
        }
        others.chars().forEach(c -> table[c] = true);
        return table;
    }

    /** Tells whether the octet has a place in a token. */
    public static boolean isTokenChar(byte octet) {
        return TOKEN[octet & 0xFF];
    }

    /** Returns the octet in lower case, or 0 if it has no place in a token. */
    public static byte lowerCaseTokenChar(byte octet) {
        return LOWER_CASE_TOKEN[octet & 0xFF];
    }

    /** Tells whether the octet has a place in a field's value. */
    public static boolean isValueOctet(byte octet) {
        return VALUE[octet & 0xFF];
    }

    /** Returns an ASCII letter in lower case, and anything else as it is. */
    public static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }

    /** Tells whether the character is an ASCII digit. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Tells whether a field's value, a list of tokens, has the given one. */
    public static boolean lists(String value, String token) {
        for (var element : value.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a Host field, or the authority of a target, names a host and at most one port. */
    public static boolean isHost(String value) {
        if (value.startsWith("[")) {
            var end = value.indexOf(']');
            return end == after(1, IP_LITERAL, value) && end > 0 && isPort(value, end + 1);
        }
        return isPort(value, after(0, REG_NAME, value));
    }

    /** Returns where the characters of a class end. */
    private static int after(int start, boolean[] table, String value) {
        var end = start;
        while (end < value.length() && value.charAt(end) < table.length && table[value.charAt(end)]) {
            end++;
        }
        return end;
    }

    /** Tells whether nothing, or a colon and digits, is all that follows. */
    private static boolean isPort(String value, int from) {
        if (from == value.length()) {
            return true;
        }
        if (value.charAt(from) != ':') {
            return false;
        }
        for (var i = from + 1; i < value.length(); i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
