package io.asgi4j.server.netty.http1;

/** The character classes of RFC 9110 5.6.2 and RFC 3986 that requests are checked against. */
final class Tokens {
    private static final boolean[] TOKEN = table("!#$%&'*+-.^_`|~");
    /** What a host and port may consist of: reg-name, IPv4, bracketed IPv6, percent escapes, a colon and a port. */
    private static final boolean[] HOST = table("-._~!$&'()*+,;=%:[]");

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

    static boolean isTokenChar(byte octet) {
        return TOKEN[octet & 0xFF];
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Tells whether a field's value, a list of tokens, has the given one. */
    static boolean lists(String value, String token) {
        for (var element : value.split(",", -1)) {
            if (element.strip().equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether a Host field, or the authority of a target, names a host and at most one port. */
    static boolean isHost(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c >= HOST.length || !HOST[c]) {
                return false;
            }
        }
        if (value.startsWith("[")) {
            var end = value.indexOf(']');
            return end > 0 && isPort(value, end + 1) && value.indexOf('[', 1) < 0 && value.indexOf(']', end + 1) < 0;
        }
        var colon = value.indexOf(':');
        return value.indexOf('[') < 0 && value.indexOf(']') < 0 && (colon < 0 || isPort(value, colon));
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
