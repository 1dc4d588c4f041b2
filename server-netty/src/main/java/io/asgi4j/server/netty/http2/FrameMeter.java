package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.loop.RateLimit;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches the frames of a connection go by before anybody acts on them: counts those that cost work and bring no request
 * on, also where the decoder would drop them, and sees whether a header section is left unfinished.
 *
 * <p>Owned by the connection's event loop.
 */
final class FrameMeter {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PREFACE_OCTETS = 24;
    private static final int LENGTH_OCTETS = 3;
    private static final int TYPE = 3;
    private static final int FLAGS = 4;
    private static final int END_STREAM = 0x1;
    private static final int END_HEADERS = 0x4;

    private final RateLimit limit;
    /** Octets that are no frame header: the preface, and then payloads. */
    private int skip;

    private int headerOctets;
    private int length;
    private int type;
    private int flags;
    private boolean anyFrame;
    private boolean headersOpen;

    /**
     * A meter for a connection that begins with the client's preface.
     *
     * @param limit frames per second that bring nothing on
     */
    FrameMeter(int limit, LongSupplier clock) {
        this.limit = new RateLimit(limit, SECOND, clock);
        this.skip = PREFACE_OCTETS;
    }

    /** Reads along. Returns whether the client keeps within the limit. */
    boolean see(ByteBuf in) {
        var at = in.readerIndex();
        while (at < in.writerIndex()) {
            if (skip > 0) {
                var skipped = Math.min(skip, in.writerIndex() - at);
                skip -= skipped;
                at += skipped;
            } else {
                header(in.getUnsignedByte(at++));
            }
        }
        return limit.isKept();
    }

    /** Whether the client has begun what it must go on with: its preface, or the fields of a request. */
    boolean isHeadOpen() {
        return !anyFrame || headersOpen;
    }

    /** A frame of a response was sent, for which the client may well open its window again. */
    void dataSent() {
        limit.forgive();
    }

    private void header(int octet) {
        if (headerOctets < LENGTH_OCTETS) {
            length = length << Byte.SIZE | octet;
        } else if (headerOctets == TYPE) {
            type = octet;
        } else if (headerOctets == FLAGS) {
            flags = octet;
        }
        if (++headerOctets == Http2CodecUtil.FRAME_HEADER_LENGTH) {
            frame();
            skip = length;
            headerOctets = 0;
            length = 0;
        }
    }

    private void frame() {
        anyFrame = true;
        switch (type) {
            case Http2FrameTypes.HEADERS -> {
                headersOpen = (flags & END_HEADERS) == 0;
                dataSent();
            }
            case Http2FrameTypes.CONTINUATION -> headersOpen = (flags & END_HEADERS) == 0;
            case Http2FrameTypes.DATA -> {
                if (length == 0 && (flags & END_STREAM) == 0) {
                    limit.count();
                }
            }
            // Resets have a limit of their own.
            case Http2FrameTypes.RST_STREAM -> {}
            default -> limit.count();
        }
    }
}
