package io.asgi4j.server.netty.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** WebSocket messages on their way to frames, and frames on their way to payloads. */
@NullMarked
@State(Scope.Thread)
public class FrameBenchmark {
    private static final int LIMIT = 16 * 1024 * 1024;
    private static final int LEVEL = 6;
    private static final int SEED = 42;

    /** The length of a message's payload. */
    @Param({"32", "16384"})
    public int size;

    private final Nowhere nowhere = new Nowhere();
    private final FrameWriter plain = new FrameWriter(nowhere, null);
    private final FrameWriter deflating = new FrameWriter(nowhere, new MessageDeflater(LEVEL, true));
    private final Taken taken = new Taken();
    private final FrameReader reader = new FrameReader(LIMIT, false, taken);
    private ByteBuffer message = ByteBuffer.allocate(0);
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;

    /** Makes a message of words and its frame as a client sends it. */
    @Setup
    public void prepare() {
        var words = new String[] {"asgi ", "scope ", "receive ", "send ", "event ", "loop "};
        var random = new SplittableRandom(SEED);
        var text = new StringBuilder();
        while (text.length() < size) {
            text.append(words[random.nextInt(words.length)]);
        }
        message = ByteBuffer.allocate(size);
        for (var i = 0; i < size; i++) {
            message.put((byte) text.charAt(i));
        }
        message.flip();
        frame = masked(message, random.nextInt());
        taken.target = new byte[size];
    }

    private static ByteBuf masked(ByteBuffer payload, int key) {
        var length = payload.remaining();
        var masked = new byte[length];
        payload.duplicate().get(masked);
        Masking.apply(masked, 0, length, key);
        var frame = Unpooled.directBuffer().writeByte(0x82);
        if (length < 126) {
            frame.writeByte(0x80 | length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(length);
        }
        return frame.writeInt(key).writeBytes(masked);
    }

    /** Gives the compressor back. */
    @TearDown
    public void close() {
        deflating.close();
    }

    @Benchmark
    public void aMessageIsWritten() {
        plain.binary(message);
    }

    @Benchmark
    public void aMessageIsDeflatedAndWritten() {
        deflating.binary(message);
    }

    @Benchmark
    public byte[] aFrameIsRead() throws WebSocketViolation {
        frame.readerIndex(0);
        while (frame.isReadable()) {
            reader.advance(frame);
        }
        return taken.target;
    }

    /** Takes each payload as the assembler of messages does. */
    private static final class Taken implements FrameReader.Events {
        private byte[] target = new byte[0];

        @Override
        public void messageStarts(boolean text, boolean compressed) {}

        @Override
        public void messageContinues(Payload payload) {
            payload.copyTo(target, 0, payload.available());
        }

        @Override
        public void messageEnds() {}

        @Override
        public void control(int opcode, byte[] payload) {}
    }

    /** Where frames end at once. */
    private static final class Nowhere implements BytePipe {
        @Override
        public void write(ByteBuf bytes) {
            bytes.release();
        }

        @Override
        public void flush() {}

        @Override
        public void read() {}

        @Override
        public void close() {}

        @Override
        public void abort() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public EventExecutor executor() {
            return ImmediateEventExecutor.INSTANCE;
        }

        @Override
        public ByteBufAllocator alloc() {
            return PooledByteBufAllocator.DEFAULT;
        }
    }
}
