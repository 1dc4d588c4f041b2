package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The request body between the event loop, which appends, and the application, which takes.
 *
 * <p>Guarded by its own monitor, which nobody holds while blocking. Holds at most {@code readAhead} bytes plus what one
 * read brought; however small the chunks are, they share one array.
 */
final class RequestBody {
    private static final byte[] NONE = new byte[0];

    private final int readAhead;
    private byte[] bytes = NONE;
    private int length;
    private boolean paused;
    private boolean ended;
    private boolean endDelivered;
    private @Nullable Headers trailers;

    /**
     * Creates the body of a request.
     *
     * @param readAhead how many bytes may wait before the driver is asked to stop reading
     * @param paused whether the driver waits with reading until the application asks
     */
    RequestBody(int readAhead, boolean paused) {
        this.readAhead = readAhead;
        this.paused = paused;
    }

    /** Appends what the driver read; returns whether it should read on. Leaves the buffer's release to the caller. */
    synchronized boolean append(ByteBuf part) {
        var count = part.readableBytes();
        if (bytes.length - length < count) {
            var grown = length == 0 ? count : Math.max(length + count, Math.min(2 * bytes.length, readAhead));
            bytes = Arrays.copyOf(bytes, grown);
        }
        part.readBytes(bytes, length, count);
        length += count;
        paused = length >= readAhead;
        return !paused;
    }

    /** The driver has the whole body. */
    synchronized void end(@Nullable Headers requestTrailers) {
        ended = true;
        trailers = requestTrailers;
    }

    /** Tells whether {@link #take} has an event. */
    synchronized boolean isReady() {
        return length > 0 || (ended && (!endDelivered || trailers != null));
    }

    /** Returns the next event of the request, or {@code null} if there is none now. */
    synchronized @Nullable InboundEvent take() {
        if (length > 0 || (ended && !endDelivered)) {
            var body = ByteBuffer.wrap(bytes, 0, length);
            bytes = NONE;
            length = 0;
            endDelivered = ended;
            return new HttpRequest(body, !ended);
        }
        if (trailers != null) {
            var event = new HttpRequestTrailers(trailers);
            trailers = null;
            return event;
        }
        return null;
    }

    /** Tells, once per pause, that the driver should read on. */
    synchronized boolean resume() {
        if (!paused || length >= readAhead) {
            return false;
        }
        paused = false;
        return true;
    }
}
