package io.asgi4j.server.netty.websocket;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a field value from left to right by the grammar of RFC 9110 section 5.6, skipping optional white space. */
final class FieldScanner {
    private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

    private final String value;
    private int position;

    FieldScanner(String value) {
        this.value = value;
    }

    /** The tokens of a comma-separated list that may be spread over several fields; null if it is not one. */
    static @Nullable List<String> tokens(List<String> fieldValues) {
        var tokens = new ArrayList<String>();
        for (String value : fieldValues) {
            var scanner = new FieldScanner(value);
            do {
                var token = scanner.token();
                if (token != null) {
                    tokens.add(token);
                }
            } while (scanner.skip(','));
            if (!scanner.isAtEnd()) {
                return null;
            }
        }
        return tokens;
    }

    boolean isAtEnd() {
        skipWhiteSpace();
        return position == value.length();
    }

    /** Whether a list element follows, rather than the next comma or the end. */
    boolean isAtElement() {
        return !isAtEnd() && value.charAt(position) != ',';
    }

    boolean skip(char expected) {
        if (isAtEnd() || value.charAt(position) != expected) {
            return false;
        }
        position++;
        return true;
    }

    @Nullable
    String token() {
        skipWhiteSpace();
        int start = position;
        while (position < value.length() && isTokenCharacter(value.charAt(position))) {
            position++;
        }
        return position == start ? null : value.substring(start, position);
    }

    /** A token, or a quoted string whose content is one (RFC 6455 section 9.1). */
    @Nullable
    String tokenOrQuotedToken() {
        if (!skip('"')) {
            return token();
        }
        var content = new StringBuilder();
        while (position < value.length()) {
            char c = value.charAt(position++);
            if (c == '"') {
                return content.isEmpty() ? null : content.toString();
            }
            if (c == '\\' && position < value.length()) {
                c = value.charAt(position++);
            }
            if (!isTokenCharacter(c)) {
                return null;
            }
            content.append(c);
        }
        return null;
    }

    private void skipWhiteSpace() {
        while (position < value.length() && (value.charAt(position) == ' ' || value.charAt(position) == '\t')) {
            position++;
        }
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || TOKEN_PUNCTUATION.indexOf(c) >= 0;
    }
}
