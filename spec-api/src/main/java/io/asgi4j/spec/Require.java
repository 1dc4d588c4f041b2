package io.asgi4j.spec;

import org.jspecify.annotations.Nullable;

/** Checks that several types make of what they are constructed with. */
final class Require {
    private Require() {}

    static void notEmpty(String text, String name) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }

    static void token(String text, String name) {
        if (!Syntax.isToken(text)) {
            throw new IllegalArgumentException(name + " is not a token: " + Syntax.preview(text));
        }
    }

    static void finalStatus(int status) {
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status " + status + " is not in the range 200 to 999");
        }
    }

    static void exactlyOne(@Nullable Object bytes, @Nullable Object text) {
        if ((bytes == null) == (text == null)) {
            throw new IllegalArgumentException("exactly one of bytes and text must be given");
        }
    }

    static void path(String path) {
        if (!path.isEmpty() && path.charAt(0) != '/' && !path.equals("*")) {
            throw new IllegalArgumentException("path does not begin with a slash: " + Syntax.preview(path));
        }
    }

    static void rootPath(String rootPath) {
        if (!rootPath.isEmpty() && (!rootPath.startsWith("/") || rootPath.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "rootPath does not begin with a slash, or ends with one: " + Syntax.preview(rootPath));
        }
    }

    static void latin1(String text, String name) {
        if (!Syntax.isLatin1(text)) {
            throw new IllegalArgumentException(name + " is not ISO-8859-1 text: " + Syntax.preview(text));
        }
    }
}
