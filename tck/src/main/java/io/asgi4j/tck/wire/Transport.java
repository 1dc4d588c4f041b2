package io.asgi4j.tck.wire;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Locale;

/**
 * The socket, with a limit on every wait; a blocking socket would have none for writing.
 *
 * <p>Confined to its client's thread, but for {@link #close} and {@link #reset}.
 */
final class Transport implements Inbox.Source, AutoCloseable {
    private static final int MOST_PER_WRITE = 256 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final String name;
    private final Transcript transcript;
    private volatile Ending ending = Ending.OPEN;
    /** A write met an RST, which the next read does not report any more. */
    private boolean writeMetReset;

    Transport(SocketChannel channel, String name, Transcript transcript) throws IOException {
        this.channel = channel;
        this.name = name;
        this.transcript = transcript;
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
    }

    void connect(SocketAddress address, Deadline deadline) throws IOException {
        try {
            if (!channel.connect(address)) {
                while (!channel.finishConnect()) {
                    if (!await(SelectionKey.OP_CONNECT, deadline)) {
                        throw new SocketTimeoutException("nobody accepted the connection in time");
                    }
                }
            }
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    SocketAddress localAddress() throws IOException {
        return channel.getLocalAddress();
    }

    /** Writes until all is written, or nothing more fitted for so long. */
    Sent write(Octets octets, Duration stall, Deadline deadline) {
        var buffer = octets.toByteBuffer();
        while (buffer.hasRemaining()) {
            try {
                var part = buffer.slice(buffer.position(), Math.min(buffer.remaining(), MOST_PER_WRITE));
                var count = channel.write(part);
                buffer.position(buffer.position() + count);
                if (count == 0
                        && !await(SelectionKey.OP_WRITE, Deadline.after(stall).orSooner(deadline))) {
                    return new Sent(buffer.position(), Sent.Outcome.BLOCKED);
                }
            } catch (IOException e) {
                writeMetReset = writeMetReset || isReset(e);
                return new Sent(buffer.position(), Sent.Outcome.BROKEN);
            }
        }
        return new Sent(buffer.position(), Sent.Outcome.ALL);
    }

    @Override
    public boolean pull(ByteBuffer into, Deadline deadline) {
        while (ending == Ending.OPEN) {
            try {
                var start = into.position();
                var count = channel.read(into);
                if (count > 0) {
                    transcript.received(name, Octets.of(into.slice(start, count)));
                    return true;
                }
                if (count < 0) {
                    ended(writeMetReset ? Ending.RESET : Ending.ORDERLY);
                } else if (!await(SelectionKey.OP_READ, deadline)) {
                    return false;
                }
            } catch (ClosedChannelException closedByAnotherThread) {
                ending = Ending.LOCAL;
            } catch (IOException e) {
                ended(Ending.RESET);
            }
        }
        return false;
    }

    @Override
    public Ending ending() {
        return ending;
    }

    /** Lets time pass, unless the client is closed. */
    void pause(Deadline deadline) {
        await(0, deadline);
    }

    void halfClose() {
        try {
            channel.shutdownOutput();
            transcript.note(name, "half-closed by the client");
        } catch (IOException e) {
            transcript.note(name, "could not be half-closed: " + e.getMessage());
        }
    }

    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            return;
        }
        close("reset by the client");
    }

    @Override
    public void close() {
        close(Ending.LOCAL.toString());
    }

    private void close(String note) {
        if (!channel.isOpen()) {
            return;
        }
        transcript.note(name, note);
        try (channel) {
            if (ending == Ending.OPEN) {
                ending = Ending.LOCAL;
            }
            // A channel that is registered would only be shut down, and closed by a later selection.
            selector.close();
        } catch (IOException e) {
            transcript.note(name, "could not be closed: " + e.getMessage());
        }
    }

    private void ended(Ending how) {
        ending = how;
        transcript.note(name, how.toString());
    }

    /** Waits until the channel is ready; false if it was not in time or the thread is interrupted. */
    private boolean await(int operation, Deadline deadline) {
        try {
            key.interestOps(operation);
            while (true) {
                var millis = deadline.millisLeft();
                if (millis == 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                if (selector.select(ready -> {}, millis) > 0) {
                    return true;
                }
            }
        } catch (CancelledKeyException | ClosedSelectorException closedByAnotherThread) {
            return true;
        } catch (IOException e) {
            ended(Ending.RESET);
            return true;
        }
    }

    /** The system's words for ECONNRESET; EPIPE, its other answer, also follows an orderly end. */
    private static boolean isReset(IOException e) {
        return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
    }
}
