package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request: well-formed, but not yet a request that makes sense.
 *
 * @param path path and query; empty for a CONNECT without {@code protocol}
 * @param protocol what an extended CONNECT asks for (RFC 8441), or null
 * @param fields with the authority as the Host field
 */
record Http2Head(
        String method, String scheme, String path, @Nullable String protocol, Fields fields) {}
