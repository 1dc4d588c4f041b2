package io.asgi4j.samples.minimal;

import io.asgi4j.spec.TcpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket as two bounded pipes: what came in and was not used yet, and what waits to go out.
 *
 * <p>Thread ownership: two threads of its own do what blocks; the reader alone reads the socket, the writer alone writes
 * to it. Everything else, here and in the exchange that the wire serves, is guarded by this wire's lock, and whoever
 * waits for anything waits for a change under it. All methods but {@link #lock}, {@link #close} and the addresses are
 * called with the lock held.
 *
 * <p>Keeps: {@code flow.reading-stops}, {@code flow.memory-bounded}, {@code http.disconnect.without-reading},
 * {@code core.send.taken-over}.
 */
final class Wire {
    private static final int PIECE_BYTES = 8_192;

    private final Socket socket;
    private final Limits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What came in is between the two positions. */
    private byte[] input = new byte[PIECE_BYTES];

    private int start;
    private int end;
    private boolean ended;
    private long lastInput = System.nanoTime();

    /** How much came in and was dropped, or -1 as long as everything is kept. */
    private long dropped = -1;

    private final Queue<ByteBuffer> output = new ArrayDeque<>();
    private long waiting;
    private long lastProgress = System.nanoTime();
    private boolean finishing;

    private boolean gone;
    private @Nullable Once leaving;

    Wire(Socket socket, Limits limits) {
        this.socket = socket;
        this.limits = limits;
    }

    void start() {
        Thread.ofVirtual().name("asgi-reader").start(this::read);
        Thread.ofVirtual().name("asgi-writer").start(this::write);
    }

    TcpAddress client() {
        return address(socket.getInetAddress(), socket.getPort());
    }

    TcpAddress server() {
        return address(socket.getLocalAddress(), socket.getLocalPort());
    }

    private static TcpAddress address(InetAddress address, int port) {
        return new TcpAddress(address.getHostAddress(), port);
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Wakes everybody who waits for a change, after one that was made outside of this class. */
    void changed() {
        assert lock.isHeldByCurrentThread();
        changed.signalAll();
    }

    /** Blocks until something changed; the caller looks what. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    void await() throws InterruptedException {
        changed.await();
        requireNotInterrupted();
    }

    /** Blocks until something changed, or returns false if a time, as {@link System#nanoTime} has it, is over. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    boolean awaitUntil(long deadline) throws InterruptedException {
        var nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            return false;
        }
        changed.awaitNanos(nanos);
        requireNotInterrupted();
        return true;
    }

    /** The condition itself prefers the change, if there was one too before the thread ran again. */
    private static void requireNotInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Sets a signal as soon as the client has left, in place of the one that was given before. */
    void onLeaving(Once signal) {
        leaving = signal;
        if (left()) {
            signal.set();
        }
    }

    /** Whether the client has ended its sending side, or is gone. */
    boolean left() {
        return ended || gone;
    }

    boolean gone() {
        return gone;
    }

    /** The bytes that came in and were not used. */
    int buffered() {
        return end - start;
    }

    int peek(int index) {
        return input[start + index] & 0xff;
    }

    /** When bytes came in last. */
    long lastInput() {
        return lastInput;
    }

    /** Takes up to so many bytes of what came in. */
    ByteBuffer poll(long limit) {
        var taken = (int) Math.min(limit, buffered());
        var bytes = ByteBuffer.wrap(Arrays.copyOfRange(input, start, start + taken));
        start += taken;
        changed.signalAll();
        return bytes;
    }

    /**
     * Takes a line, which ends in CRLF, or nothing if none has come in whole.
     *
     * @param status the answer to a line that is too long
     */
    @Nullable
    String pollLine(int status) throws Refusal {
        var limit = limits.get(Limit.LINE_BYTES);
        for (var i = start; i < end; i++) {
            if (input[i] == '\n') {
                if (i == start || input[i - 1] != '\r') {
                    throw new Refusal(400, "A line does not end in CRLF.");
                }
                var line = new String(input, start, i - 1 - start, StandardCharsets.ISO_8859_1);
                poll(i + 1L - start);
                return line;
            }
            if (i - start > limit) {
                throw new Refusal(status, "A line is too long.");
            }
        }
        return null;
    }

    /** Whether send may put something into the pipe, or has to wait. */
    boolean hasRoom() {
        return waiting < limits.get(Limit.OUTPUT_BYTES);
    }

    /** Puts bytes into the pipe, all or, if the client is gone, none. */
    void write(ByteBuffer... bytes) {
        assert lock.isHeldByCurrentThread();
        if (gone || finishing) {
            return;
        }
        if (waiting == 0) {
            lastProgress = System.nanoTime();
        }
        for (var piece : bytes) {
            waiting += piece.remaining();
            output.add(piece);
        }
        changed.signalAll();
    }

    /** Blocks until something changed, giving up a client that has not read anything for too long. */
    void awaitWriter() throws InterruptedException {
        if (!awaitUntil(lastProgress + limits.nanos(Limit.WRITE_MILLIS))) {
            abort();
        }
    }

    /** Blocks until everything has gone out, or the client is gone. */
    void flush() throws InterruptedException {
        while (waiting > 0 && !gone) {
            awaitWriter();
        }
    }

    /** Lets everything go out and the client read it, and closes then. */
    void finish() throws InterruptedException {
        finishing = true;
        dropped = buffered();
        changed.signalAll();
        flush();
        var deadline = limits.deadline(Limit.UNREAD_MILLIS);
        while (!left() && dropped < limits.get(Limit.UNREAD_BYTES) && awaitUntil(deadline)) {}
    }

    /** Resets the connection; the client is gone. */
    void abort() {
        lose();
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then there is nothing to reset.
        }
        close();
    }

    void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            // Nothing is left to do for a socket that cannot even be closed.
        }
    }

    private void read() {
        var piece = new byte[PIECE_BYTES];
        try {
            var in = socket.getInputStream();
            for (var length = in.read(piece); length >= 0; length = in.read(piece)) {
                keep(piece, length);
            }
            end(false);
        } catch (IOException lost) {
            end(true);
        }
    }

    private void keep(byte[] piece, int length) {
        lock.lock();
        try {
            while (dropped < 0 && !gone && buffered() + length > limits.get(Limit.INPUT_BYTES)) {
                changed.awaitUninterruptibly();
            }
            if (dropped >= 0) {
                dropped += length;
            } else {
                append(piece, length);
            }
            lastInput = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void append(byte[] piece, int length) {
        var kept = buffered();
        var target = kept + length > input.length ? new byte[Math.max(2 * input.length, kept + length)] : input;
        System.arraycopy(input, start, target, 0, kept);
        System.arraycopy(piece, 0, target, kept, length);
        input = target;
        start = 0;
        end = kept + length;
    }

    private void end(boolean lost) {
        lock.lock();
        try {
            ended = true;
            if (lost) {
                lose();
            }
            if (leaving != null) {
                leaving.set();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        var piece = new byte[PIECE_BYTES];
        try {
            var out = socket.getOutputStream();
            for (var length = next(piece); length > 0; length = next(piece)) {
                out.write(piece, 0, length);
                wrote(length);
            }
            if (!socket.isClosed()) {
                socket.shutdownOutput();
            }
        } catch (IOException lost) {
            lock.lock();
            try {
                lose();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Blocks until there is something to write, and returns how much, or 0 if there will be no more. */
    private int next(byte[] piece) {
        lock.lock();
        try {
            while (output.isEmpty() && !finishing && !gone) {
                changed.awaitUninterruptibly();
            }
            var length = 0;
            for (var bytes = output.peek(); bytes != null && length < piece.length; bytes = output.peek()) {
                var taken = Math.min(bytes.remaining(), piece.length - length);
                bytes.get(piece, length, taken);
                length += taken;
                if (!bytes.hasRemaining()) {
                    output.remove();
                }
            }
            return length;
        } finally {
            lock.unlock();
        }
    }

    private void wrote(int length) {
        lock.lock();
        try {
            waiting = Math.max(0, waiting - length); // a client that is lost meanwhile leaves nothing waiting
            lastProgress = System.nanoTime();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void lose() {
        gone = true;
        output.clear();
        waiting = 0;
        if (leaving != null) {
            leaving.set();
        }
        changed.signalAll();
    }
}
