package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Tokens;

/**
 * The head of a request: well-formed, but not yet a request that makes sense.
 *
 * @param method a token
 * @param target not empty, as octets in ISO-8859-1; checked by {@link RequestTarget}
 * @param http10 whether the client speaks HTTP/1.0; any later minor version is served as HTTP/1.1 (RFC 9110 2.5)
 */
record RequestHead(String method, String target, boolean http10, Fields fields) {
    /** Returns the version for the scope. */
    String version() {
        return http10 ? "1.0" : "1.1";
    }

    /** Returns whether the connection stays open after the response, as far as the client is concerned (RFC 9112 9.3). */
    boolean keepsAlive() {
        var options = fields.all("connection");
        if (options.isEmpty()) {
            return !http10;
        }
        var option = String.join(",", options);
        return http10
                ? Tokens.lists(option, "keep-alive") && !Tokens.lists(option, "close")
                : !Tokens.lists(option, "close");
    }
}
