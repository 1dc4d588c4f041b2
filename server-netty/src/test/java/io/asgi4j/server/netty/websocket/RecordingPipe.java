package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A pipe that ends in memory, whose time stands still until it is told to go on. */
final class RecordingPipe implements BytePipe {
    private static final Duration STEP = Duration.ofSeconds(1);

    final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    boolean writable = true;
    boolean closed;
    boolean aborted;
    int reads;
    int flushes;
    int writes;
    private boolean unflushed;

    RecordingPipe() {
        clock.freezeTime();
    }

    @Override
    public void write(ByteBuf bytes) {
        var copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        bytes.release();
        written.writeBytes(copy);
        writes++;
        unflushed = true;
    }

    /** Everything that was written so far; forgets it. */
    byte[] takeWritten() {
        byte[] bytes = written.toByteArray();
        written.reset();
        return bytes;
    }

    int writtenSize() {
        return written.size();
    }

    boolean hasUnflushed() {
        return unflushed;
    }

    /** Lets time pass in small steps, so that a timer which another one sets runs in its turn. */
    void passTime(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= Math.min(left, STEP.toMillis())) {
            clock.advanceTimeBy(Math.min(left, STEP.toMillis()), TimeUnit.MILLISECONDS);
            clock.runScheduledPendingTasks();
        }
    }

    long usedMemory() {
        return alloc.metric().usedHeapMemory() + alloc.metric().usedDirectMemory();
    }

    @Override
    public void flush() {
        flushes++;
        unflushed = false;
    }

    @Override
    public void read() {
        reads++;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public EventExecutor executor() {
        return clock.eventLoop();
    }

    @Override
    public ByteBufAllocator alloc() {
        return alloc;
    }
}
