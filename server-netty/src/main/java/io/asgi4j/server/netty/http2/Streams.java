package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one connection: gives each frame to the call on its stream.
 *
 * <p>Owned by the connection's event loop.
 */
final class Streams extends Http2FrameAdapter implements Http2Connection.Listener {
    private static final int BAD_REQUEST = 400;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int UNAVAILABLE = 503;

    /** Resets that are remembered: more than can be on their way. */
    private static final int RESETS = 256;

    private final ServerConnection connection;
    private final Requests requests;
    private final IntObjectMap<Call> calls = new IntObjectHashMap<>();
    private final int[] resets = new int[RESETS];
    private int nextReset;

    Streams(ServerConnection connection, ScopeFactory scopes) {
        this.connection = connection;
        this.requests = new Requests(connection, scopes);
    }

    /** Returns the calls whose streams are open; a copy, because acting on one may close it. */
    List<Call> calls() {
        return new ArrayList<>(calls.values());
    }

    /** The server resets a stream: for a while the client may go on with it. */
    void reset(int id) {
        resets[nextReset++ % resets.length] = id;
    }

    private boolean wasReset(int id) {
        return IntStream.of(resets).anyMatch(reset -> reset == id);
    }

    /** What an error of the client on one stream means. */
    enum Verdict {
        /** It could not know better. */
        IGNORED,
        /** The client goes on with a stream that it has ended. */
        STREAM_CLOSED,
        /** The stream is reset. */
        STREAM,
        /** The connection ends. */
        CONNECTION
    }

    /** Judges an error of the client, and logs the request that it cost. */
    Verdict judge(Http2Exception.StreamException error) {
        var id = error.streamId();
        var stream = connection.connection().stream(id);
        var called = calls.containsKey(id);
        if (stream == null && error.error() == Http2Error.STREAM_CLOSED) {
            return wasReset(id) ? Verdict.IGNORED : Verdict.CONNECTION;
        }
        if (!called && (stream != null || id > connection.connection().remote().lastStreamCreated())) {
            connection.log(AccessLog.UNKNOWN, AccessLog.UNKNOWN, status(error));
        }
        reset(id);
        // Netty takes a section behind the end for trailers, if the stream began with its end (RFC 9113 5.1).
        var behindEnd = called
                && stream != null
                && stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE
                && String.valueOf(error.getMessage()).contains("too many headers");
        return behindEnd ? Verdict.STREAM_CLOSED : Verdict.STREAM;
    }

    private static int status(Http2Exception.StreamException error) {
        if (error instanceof Http2Exception.HeaderListSizeException) {
            return HEADERS_TOO_LARGE;
        }
        return error.error() == Http2Error.REFUSED_STREAM ? UNAVAILABLE : BAD_REQUEST;
    }

    // ---- what the client sends

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers section, int padding, boolean endOfStream)
            throws Http2Exception {
        var call = calls.get(id);
        try {
            if (call != null) {
                call.end(HeadReader.trailers(section, connection.limits().maxHeaderFields()));
            } else if (section.method() != null) {
                request(id, section, !endOfStream);
            }
        } catch (Malformed malformed) {
            throw Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "%s", malformed.getMessage());
        } catch (Violation.Found found) {
            throw Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "%s", found.getMessage());
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers section,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        onHeadersRead(ctx, id, section, padding, endOfStream);
    }

    private void request(int id, Http2Headers section, boolean bodyFollows) throws Http2Exception, Malformed {
        Http2Head head = null;
        try {
            head = HeadReader.head(section, connection.limits().maxHeaderFields());
            if (!connection.mayRun()) {
                throw Http2Exception.streamError(
                        id, Http2Error.REFUSED_STREAM, "The applications of earlier requests are still running");
            }
            var call = requests.call(id, head, bodyFollows);
            calls.put(id, call);
            connection.run(call);
        } catch (Violation.Found found) {
            refuse(id, head, found.violation(), bodyFollows);
        }
    }

    private void refuse(int id, @Nullable Http2Head head, Violation violation, boolean bodyFollows) {
        var method = head == null ? AccessLog.UNKNOWN : head.method();
        connection.log(
                method, head == null || head.path().isEmpty() ? AccessLog.UNKNOWN : head.path(), violation.status());
        var output = new StreamOutput(connection.output(), id, writable -> {});
        connection.refuse(output, violation, method.equals("HEAD"));
        if (bodyFollows) {
            output.afterEnd(() -> connection.output().reset(id, Http2Error.NO_ERROR));
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean endOfStream) {
        var call = calls.get(id);
        if (call == null) {
            return data.readableBytes() + padding;
        }
        var done = call.data(data) + padding;
        if (endOfStream) {
            call.end(Fields.none());
        }
        return done;
    }

    // ---- the life of streams

    @Override
    public void onStreamAdded(Http2Stream stream) {}

    @Override
    public void onStreamActive(Http2Stream stream) {
        connection.streamOpened();
    }

    @Override
    public void onStreamHalfClosed(Http2Stream stream) {}

    @Override
    public void onStreamClosed(Http2Stream stream) {
        var call = calls.remove(stream.id());
        if (call != null) {
            call.closed();
        }
        connection.streamClosed();
    }

    @Override
    public void onStreamRemoved(Http2Stream stream) {}

    @Override
    public void onGoAwaySent(int lastStreamId, long errorCode, ByteBuf debugData) {}

    @Override
    public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {}

    /** Nothing reaches the client any more. */
    void closeAll() {
        var left = calls();
        calls.clear();
        left.forEach(Call::closed);
    }
}
