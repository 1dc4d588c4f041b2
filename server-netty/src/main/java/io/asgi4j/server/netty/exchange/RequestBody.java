package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
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
 * <p>Touched inside the confinement. Holds at most {@code readAhead} bytes plus what one
 * read brought; however small the chunks are, they share one array, which is at most twice as large.
 */
final class RequestBody {
    private static final byte[] NONE = new byte[0];

    private final Confinement confinement;
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
    RequestBody(Confinement confinement, int readAhead, boolean paused) {
        this.confinement = confinement;
        this.readAhead = readAhead;
        this.paused = paused;
    }

    /** Appends what the driver read; returns whether it should read on. */
    boolean append(ByteBuf in, int count) {
        confinement.enter();
        try {
            if (bytes.length - length < count) {
                var grown = length == 0 ? count : Math.max(length + count, 2 * length);
                bytes = Arrays.copyOf(bytes, grown);
            }
            in.readBytes(bytes, length, count);
            length += count;
            paused = length >= readAhead;
            return !paused;
        } finally {
            confinement.exit();
        }
    }

    /** Returns how many octets wait for the application. */
    int waiting() {
        confinement.enter();
        try {
            return length;
        } finally {
            confinement.exit();
        }
    }

    /** The driver has the whole body. */
    void end(@Nullable Headers requestTrailers) {
        confinement.enter();
        try {
            ended = true;
            trailers = requestTrailers;
        } finally {
            confinement.exit();
        }
    }

    /** Tells whether {@link #take} has an event. */
    boolean isReady() {
        confinement.enter();
        try {
            return length > 0 || (ended && (!endDelivered || trailers != null));
        } finally {
            confinement.exit();
        }
    }

    /** Returns the next event of the request, or {@code null} if there is none now. */
    @Nullable
    InboundEvent take() {
        confinement.enter();
        try {
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
        } finally {
            confinement.exit();
        }
    }

    /** Tells, once per pause, that the driver should read on. */
    boolean resume() {
        confinement.enter();
        try {
            if (!paused || length >= readAhead) {
                return false;
            }
            paused = false;
            return true;
        } finally {
            confinement.exit();
        }
    }
}
