package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.http.BodyTime;
import io.asgi4j.server.netty.http.DataRate;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;

/**
 * What the driver takes from the options, once for all connections. Times are in nanoseconds.
 *
 * @param streams streams that may be open, and applications that may run, on one connection
 * @param resets streams that may be reset within {@link #RESET_SECONDS}, by the client or because of it
 * @param controlFrames frames per second that carry no request
 * @param connectionWindow bytes of all request bodies of a connection that may wait for applications
 * @param readAhead bytes of one request body that may wait for its application: the window of a stream
 * @param writeBuffer bytes that may wait on one stream before {@code send} blocks
 * @param maxHeaderSize bytes of a request's fields, 32 more for each counted in (RFC 9113 6.5.2)
 * @param maxHeaderFields fields of a request
 * @param maxUnreadBody bytes of an unwanted request body that are dropped before its stream is reset
 * @param bodyGrace what a client has to go on with a body, however slow it was
 * @param minDataRate bytes per second that a client sends of a body and takes of a response; 0 if any will do
 * @param lingeringSize bytes that are read and dropped while a connection is closed
 */
record Http2Limits(
        int streams,
        int resets,
        int controlFrames,
        int connectionWindow,
        int readAhead,
        int writeBuffer,
        int maxHeaderSize,
        int maxHeaderFields,
        int maxUnreadBody,
        int lingeringSize,
        long headerTimeout,
        long keepAliveTimeout,
        long lateRequestTimeout,
        long bodyGrace,
        long bodyTimeout,
        long writeTimeout,
        long lingeringTimeout,
        int minDataRate) {
    /** Returns what a client takes at least of what waits, within the write time-out. */
    long minimumTaken() {
        return DataRate.least(minDataRate, writeTimeout);
    }

    /** The time in which resets are counted. */
    static final int RESET_SECONDS = 30;

    static Http2Limits of(Options options) {
        return new Http2Limits(
                options.get(ServerOptions.H2_MAX_STREAMS),
                options.get(ServerOptions.H2_MAX_RESETS),
                options.get(ServerOptions.H2_MAX_CONTROL_FRAMES),
                options.get(ServerOptions.H2_CONNECTION_WINDOW),
                options.get(ServerOptions.READ_AHEAD),
                options.get(ServerOptions.WRITE_BUFFER),
                options.get(ServerOptions.MAX_HEADER_SIZE),
                options.get(ServerOptions.MAX_HEADER_FIELDS),
                options.get(ServerOptions.MAX_UNREAD_BODY),
                options.get(ServerOptions.LINGERING_SIZE),
                options.get(ServerOptions.HEADER_TIMEOUT).toNanos(),
                options.get(ServerOptions.KEEP_ALIVE_TIMEOUT).toNanos(),
                options.get(ServerOptions.LATE_REQUEST_TIMEOUT).toNanos(),
                BodyTime.grace(options),
                options.get(ServerOptions.BODY_TIMEOUT).toNanos(),
                options.get(ServerOptions.WRITE_TIMEOUT).toNanos(),
                options.get(ServerOptions.LINGERING_TIMEOUT).toNanos(),
                options.get(ServerOptions.MIN_DATA_RATE));
    }
}
