package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of what a connection received, and can be stopped between any two octets.
 *
 * <p>Owned by the connection's event loop. While it is held, octets stay octets: a pipelined request is not looked at
 * before the one in front of it was answered, and a body not before somebody wants it.
 */
final class RequestReader {
    /** Told what was read, in order; may hold, release or end the reader meanwhile. */
    interface Listener {
        /** A head is complete; says how its body is framed. */
        BodyFraming head(RequestHead head);

        /** The next {@code count} octets of {@code in} are the body's; takes them out. */
        void body(ByteBuf in, int count);

        /** The body is complete. Not called for a request without one. */
        void bodyEnd(Fields trailers);

        /** What comes next is no request, or does not belong to one; the reader must be ended. */
        void violation(Violation violation, @Nullable RequestHead requestLine);
    }

    private static final long UNKNOWN = -1;

    private final Listener listener;
    private final ByteBufAllocator alloc;
    private final int maxPart;
    private final int maxChunkExtensions;
    private final FieldParser fields;
    private final HeadParser heads;
    private ByteBuf received = Unpooled.EMPTY_BUFFER;
    /** The body's chunks, while a chunked body is read. */
    private @Nullable ChunkParser chunks;
    /** How much of the body is still to come, while one of known length is read. */
    private long left;

    private boolean withinBody;
    private boolean held;
    private boolean reading;
    private boolean ended;
    private boolean lost;

    /** A reader that has received nothing; gives the listener at most as much of a body at once as may be read ahead. */
    RequestReader(Listener listener, ByteBufAllocator alloc, Http1Settings settings) {
        this.listener = listener;
        this.alloc = alloc;
        this.maxPart = settings.readAhead();
        this.maxChunkExtensions = settings.maxChunkExtensions();
        this.fields = new FieldParser(settings.maxHeaderSize(), settings.maxHeaderFields());
        this.heads = new HeadParser(settings.maxRequestLine(), fields);
    }

    /** Takes over what was received, and reads it unless held. */
    void receive(ByteBuf more) {
        if (ended) {
            more.release();
            return;
        }
        if (received.isReadable()) {
            received = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(alloc, received, more);
        } else {
            received.release();
            received = more;
        }
        read();
    }

    /** Reads nothing more until {@link #release}. */
    void hold() {
        held = !lost;
    }

    boolean isHeld() {
        return held;
    }

    /** Reads again, beginning with what was received meanwhile. */
    void release() {
        held = false;
        read();
    }

    /** Reads what was received to its end, because the connection was lost: nothing more can come to be too much. */
    void lose() {
        lost = true;
        release();
    }

    /** Tells whether the listener is being told something. */
    boolean isReading() {
        return reading;
    }

    /** Returns how many received octets were not read yet. */
    int buffered() {
        return received.readableBytes();
    }

    /** Returns how much of the body under way is still to come; below zero if that is not known. */
    long left() {
        return chunks == null ? left : UNKNOWN;
    }

    /** Tells whether octets of a request were received whose head is not complete. Meaningful between two requests. */
    boolean isWithinHead() {
        return !withinBody && !held && received.isReadable();
    }

    /** Reads nothing more; returns what was received and not read, which is the caller's to release. */
    ByteBuf end() {
        ended = true;
        var rest = received;
        received = Unpooled.EMPTY_BUFFER;
        return rest;
    }

    /** A listener that releases the reader from within leaves the rest to the outer call. */
    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (!held && !ended && received.isReadable() && readOn()) {
                // each step takes as much as it can
            }
        } catch (Violation.Found found) {
            listener.violation(found.violation(), withinBody ? null : heads.requestLine());
        } finally {
            reading = false;
        }
        if (!received.isReadable()) {
            received.release();
            received = Unpooled.EMPTY_BUFFER;
        }
    }

    /** Returns whether it got on. */
    private boolean readOn() {
        if (!withinBody) {
            return head();
        }
        return chunks == null ? plainBody() : chunkedBody(chunks);
    }

    private boolean head() {
        var head = heads.parse(received);
        if (head == null) {
            return false;
        }
        switch (listener.head(head)) {
            case BodyFraming.None none -> {}
            case BodyFraming.Length length -> {
                withinBody = true;
                left = length.octets();
            }
            case BodyFraming.Chunked chunked -> {
                withinBody = true;
                chunks = new ChunkParser(fields, maxChunkExtensions);
            }
        }
        return true;
    }

    private boolean plainBody() {
        var count = part(left);
        left -= count;
        listener.body(received, count);
        if (left == 0 && !ended) {
            bodyEnd(Fields.none());
        }
        return true;
    }

    private boolean chunkedBody(ChunkParser parser) {
        var data = parser.parse(received);
        if (data > 0 && received.isReadable()) {
            var count = part(data);
            parser.taken(count);
            listener.body(received, count);
            return true;
        }
        var trailers = parser.trailers();
        if (trailers != null) {
            bodyEnd(trailers);
            return true;
        }
        return false;
    }

    private int part(long octets) {
        return (int) Math.min(octets, Math.min(maxPart, received.readableBytes()));
    }

    private void bodyEnd(Fields trailers) {
        withinBody = false;
        chunks = null;
        listener.bodyEnd(trailers);
    }
}
