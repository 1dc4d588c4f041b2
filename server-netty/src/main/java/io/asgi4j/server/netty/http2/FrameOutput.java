package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.http.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * What goes out on one connection: the frames of all streams, and the windows that are opened for the client. Resets streams whose
 * client takes too little.
 *
 * <p>Owned by the connection's event loop.
 */
final class FrameOutput {
    private final ServerConnection connection;
    private final Streams streams;
    private final Deadline stall;
    /** Whether something was written that is not flushed. */
    private boolean written;

    private boolean stallWatched;

    FrameOutput(ServerConnection connection, Streams streams) {
        this.connection = connection;
        this.streams = streams;
        this.stall = connection.newDeadline();
    }

    Http2Limits limits() {
        return connection.limits();
    }

    ChannelFuture headers(int id, Http2Headers headers, boolean last) {
        written = true;
        var ctx = connection.context();
        return connection.encoder().writeHeaders(ctx, id, headers, 0, last, ctx.newPromise());
    }

    ChannelFuture data(int id, ByteBuf data, boolean last) {
        written = true;
        watchStreams();
        var ctx = connection.context();
        return connection.encoder().writeData(ctx, id, data, 0, last, ctx.newPromise());
    }

    void dataSent() {
        connection.dataSent();
    }

    void reset(int id, Http2Error error) {
        if (connection.connection().stream(id) != null) {
            streams.reset(id);
            var ctx = connection.context();
            connection.encoder().writeRstStream(ctx, id, error.code(), ctx.newPromise());
            flush();
        }
    }

    /** The application took so much of what came on a stream: opens the client's window. */
    void consumed(int id, int octets) {
        var stream = connection.connection().stream(id);
        if (octets == 0 || stream == null) {
            return;
        }
        try {
            if (connection.decoder().flowController().consumeBytes(stream, octets)) {
                flush();
            }
        } catch (Http2Exception failure) {
            connection.onError(connection.context(), true, failure);
        }
    }

    void flushIfWritten() {
        if (written) {
            flush();
        }
    }

    void flush() {
        written = false;
        connection.flush(connection.context());
    }

    /** All that was written was flushed by someone else. */
    void flushed() {
        written = false;
    }

    private void watchStreams() {
        if (!stallWatched) {
            stallWatched = true;
            stall.set(limits().writeTimeout(), this::checkStreams);
        }
    }

    private void checkStreams() {
        stallWatched = false;
        var waiting = false;
        for (var call : streams.calls()) {
            if (call.output().isStalled()) {
                call.output().reset(Http2Error.CANCEL);
            }
            waiting |= call.output().isWaiting();
        }
        if (waiting) {
            watchStreams();
        }
    }

    /** The connection ends: watches no longer. */
    void cancel() {
        stall.cancel();
    }
}
