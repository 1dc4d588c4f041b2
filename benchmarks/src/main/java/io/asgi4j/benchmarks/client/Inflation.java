package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates what a server compressed, message after message; a message may refer to those before it. */
final class Inflation implements AutoCloseable {
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private final Inflater inflater = new Inflater(true);
    private final byte[] inflated;

    Inflation(int largestMessage) {
        inflated = new byte[largestMessage + 1];
    }

    /** The message, until the next call. */
    ByteBuf inflate(ByteBuf payload, int index, int length) throws DataFormatException {
        inflater.setInput(payload.nioBuffer(index, length));
        var size = inflater.inflate(inflated);
        inflater.setInput(TAIL);
        size += inflater.inflate(inflated, size, inflated.length - size);
        return Unpooled.wrappedBuffer(inflated, 0, size);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
