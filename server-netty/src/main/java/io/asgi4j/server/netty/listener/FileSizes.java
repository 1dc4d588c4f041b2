package io.asgi4j.server.netty.listener;

import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.FileRegion;
import io.netty.channel.MessageSizeEstimator;

/**
 * Counts files that wait to be sent by their size, where Netty takes them for nothing: so that a client that reads nothing cannot make
 * the server open one after the other. Immutable.
 */
final class FileSizes implements MessageSizeEstimator, MessageSizeEstimator.Handle {
    /** A channel counts in longs, but takes the size of one message as an int. */
    private static final int LARGEST = 1 << 30;

    private final Handle others = DefaultMessageSizeEstimator.DEFAULT.newHandle();

    @Override
    public Handle newHandle() {
        return this;
    }

    @Override
    public int size(Object message) {
        return message instanceof FileRegion file ? (int) Math.min(file.count(), LARGEST) : others.size(message);
    }
}
