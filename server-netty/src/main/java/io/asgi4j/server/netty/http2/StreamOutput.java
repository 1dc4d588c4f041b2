package io.asgi4j.server.netty.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one stream. Counts what the client's window, or the network, has not taken yet.
 *
 * <p>Owned by the connection's event loop. After the end of the stream, whoever ended it, everything is dropped.
 */
final class StreamOutput {

    /** Hears whether the stream takes more. */
    @FunctionalInterface
    interface Listener {
        void writable(boolean writable);
    }

    private final FrameOutput frames;
    private final int id;
    private final int limit;
    private final Listener listener;
    private long queued;
    private long written;
    /** What had been written, and what waited, when it was last looked. */
    private long seenWritten;

    private long seenQueued;
    private boolean full;
    /** Whether the last frame was handed on. */
    private boolean ended;
    /** Whether nothing can be written any more. */
    private boolean closed;

    private @Nullable ChannelFuture end;

    StreamOutput(FrameOutput frames, int id, Listener listener) {
        this.frames = frames;
        this.id = id;
        this.limit = frames.limits().writeBuffer();
        this.listener = listener;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isWritable() {
        return !full && !ended && !closed;
    }

    /** Writes a header section, the end of the stream if {@code last}. */
    void headers(Http2Headers headers, boolean last) {
        if (!ended && !closed) {
            ended = last;
            end = frames.headers(id, headers, last);
        }
    }

    /** Writes data, the end of the stream if {@code last}; takes the buffer over. */
    void data(ByteBuf bytes, boolean last) {
        data(bytes, last, null);
    }

    /** The same; {@code sent} is run when the bytes were sent, and never if they cannot be. */
    void data(ByteBuf bytes, boolean last, @Nullable Runnable sent) {
        if (ended || closed) {
            bytes.release();
            return;
        }
        var size = bytes.readableBytes();
        queued += size;
        ended = last;
        var future = frames.data(id, bytes, last);
        end = future;
        future.addListener(done -> {
            written(size);
            if (done.isSuccess() && sent != null) {
                sent.run();
            }
        });
        if (!full && queued >= limit) {
            full = true;
            listener.writable(false);
        }
    }

    private void written(int size) {
        queued -= size;
        written += size;
        frames.dataSent();
        if (full && queued <= limit / 2 && !closed) {
            full = false;
            listener.writable(true);
        }
    }

    /** Runs the action when the last frame was sent. Only after the last frame was handed on. */
    void afterEnd(Runnable action) {
        if (end != null) {
            end.addListener(done -> {
                if (done.isSuccess()) {
                    action.run();
                }
            });
        }
    }

    /** Sends what the client's window allows of what was written; whatever comes next may cut off the rest. */
    void push() {
        frames.flush();
    }

    /** Ends the stream at once; what waits is dropped. */
    void reset(Http2Error error) {
        if (!closed) {
            closed = true;
            ended = true;
            frames.reset(id, error);
        }
    }

    /** The stream is closed. */
    void closed() {
        closed = true;
    }

    /** Tells whether the client took less than the minimum since the last call, and not all that waited then. */
    boolean isStalled() {
        var least = Math.min(frames.limits().minimumTaken(), seenQueued);
        var stalled = written - seenWritten < least;
        seenWritten = written;
        seenQueued = queued;
        return stalled && !closed;
    }

    boolean isWaiting() {
        return queued > 0 && !closed;
    }

    void flush() {
        frames.flushIfWritten();
    }
}
