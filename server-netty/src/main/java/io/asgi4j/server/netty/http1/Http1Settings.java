package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.http.BodyTime;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;

/**
 * What the driver takes from the options, once for all connections. Times are in nanoseconds.
 *
 * @param maxRequestLine bytes of a request line
 * @param maxHeaderSize bytes of a request's fields
 * @param maxHeaderFields fields of a request, trailers included
 * @param maxChunkExtensions bytes of all chunk extensions of a request body
 * @param readAhead bytes that may wait undecoded behind the request that is being answered
 * @param maxUnreadBody bytes of an unwanted request body that are read and dropped to keep the connection
 * @param lingeringSize bytes that are read and dropped while a connection is closed
 * @param minDataRate bytes per second that a request body must have, or 0
 * @param bodyGrace the time in which a body has to begin, before it has earned more by its bytes
 */
record Http1Settings(
        int maxRequestLine,
        int maxHeaderSize,
        int maxHeaderFields,
        int maxChunkExtensions,
        int readAhead,
        int maxUnreadBody,
        int lingeringSize,
        int minDataRate,
        long headerTimeout,
        long keepAliveTimeout,
        long lateRequestTimeout,
        long bodyGrace,
        long bodyTimeout,
        long lingeringTimeout,
        boolean dateField,
        boolean serverField,
        String rootPath) {

    static Http1Settings of(Options options) {
        return new Http1Settings(
                options.get(ServerOptions.MAX_REQUEST_LINE),
                options.get(ServerOptions.MAX_HEADER_SIZE),
                options.get(ServerOptions.MAX_HEADER_FIELDS),
                options.get(ServerOptions.MAX_CHUNK_EXTENSIONS),
                options.get(ServerOptions.READ_AHEAD),
                options.get(ServerOptions.MAX_UNREAD_BODY),
                options.get(ServerOptions.LINGERING_SIZE),
                options.get(ServerOptions.MIN_DATA_RATE),
                options.get(ServerOptions.HEADER_TIMEOUT).toNanos(),
                options.get(ServerOptions.KEEP_ALIVE_TIMEOUT).toNanos(),
                options.get(ServerOptions.LATE_REQUEST_TIMEOUT).toNanos(),
                BodyTime.grace(options),
                options.get(ServerOptions.BODY_TIMEOUT).toNanos(),
                options.get(ServerOptions.LINGERING_TIMEOUT).toNanos(),
                options.get(ServerOptions.DATE_HEADER),
                options.get(ServerOptions.SERVER_HEADER),
                options.get(ServerOptions.ROOT_PATH));
    }
}
