package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.TcpAddress;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client's socket: what comes in, what goes out, and the clock that ticks meanwhile.
 *
 * <p>The thread of the connection alone reads. A second one writes, so that whoever sends waits for room under the
 * monitor, and not for the socket: an interrupt there would cost the connection. The monitor guards all that goes out,
 * the clock and the exchange.
 */
final class Wire {
    private static final int PIECE_BYTES = 16_384;
    private static final ByteBuffer END = ByteBuffer.allocate(0);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    final Monitor monitor = new Monitor();
    final TcpAddress client;
    final TcpAddress server;
    private final MinimalServer owner;
    private final SocketChannel socket;

    private final ByteBuffer input = ByteBuffer.allocate(PIECE_BYTES).flip();
    private volatile boolean timedOut;

    private final BlockingQueue<ByteBuffer> output = new LinkedBlockingQueue<>();
    private long waiting;
    private boolean gone;
    private Runnable whenGone = () -> {};
    private Future<?> clock = CompletableFuture.completedFuture(null);

    Wire(MinimalServer owner, SocketChannel socket) throws IOException {
        this.owner = owner;
        this.socket = socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.client = address(socket.getRemoteAddress());
        this.server = address(socket.getLocalAddress());
    }

    private static TcpAddress address(SocketAddress address) {
        var inet = (InetSocketAddress) address;
        return new TcpAddress(inet.getAddress().getHostAddress(), inet.getPort());
    }

    int limit(Limit limit) {
        return owner.limit(limit);
    }

    // what comes in

    /** Blocks until something is there; false if nothing will come. */
    boolean awaitInput() throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            try {
                socket.read(input);
            } catch (IOException reset) {
                abort();
                throw reset;
            } finally {
                input.flip();
            }
        }
        return input.hasRemaining();
    }

    private ByteBuffer input() throws IOException {
        if (!awaitInput()) {
            throw timedOut ? new Refusal(408, "Too slow") : new EOFException("the client has left");
        }
        return input;
    }

    int read() throws IOException {
        return input().get() & 0xff;
    }

    /** Takes what is there, which is something, but not more than so many bytes. */
    byte[] take(long limit) throws IOException {
        var bytes = new byte[(int) Math.min(limit, input().remaining())];
        input.get(bytes);
        return bytes;
    }

    /** Takes a line, which ends in CRLF, and leaves that out; one that is too long is refused with the status. */
    String readLine(int status) throws IOException {
        var line = new StringBuilder();
        for (var c = read(); c != '\n'; c = read()) {
            if (line.length() > limit(Limit.LINE_BYTES)) {
                throw new Refusal(status, "A line is too long");
            }
            line.append((char) c);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new Refusal(400, "A line does not end in CRLF");
        }
        return line.substring(0, line.length() - 1);
    }

    // the clock; under the monitor

    /** Says what happens unless there is something new in time; what was said before is forgotten. */
    void within(Limit limit, Runnable otherwise) {
        clock.cancel(false);
        clock = owner.after(limit, otherwise);
    }

    void takeYourTime() {
        clock.cancel(false);
    }

    /** Lets a thread that reads see the end, although it is not there. */
    void stopReading() {
        timedOut = true;
        try {
            socket.shutdownInput();
        } catch (IOException closed) {
            // Then it has seen the end.
        }
    }

    // what goes out; under the monitor

    boolean hasRoom() {
        return waiting < limit(Limit.OUTPUT_BYTES);
    }

    /** Whether nothing can be delivered to the client any more. */
    boolean isGone() {
        return gone;
    }

    /** Says what is to happen at the moment when it is, in place of what was said before. */
    void whenGone(Runnable action) {
        whenGone = action;
        if (gone) {
            action.run();
        }
    }

    void write(ByteBuffer bytes) {
        while (bytes.hasRemaining() && !gone) {
            var piece = bytes.slice(bytes.position(), Math.min(PIECE_BYTES, bytes.remaining()));
            bytes.position(bytes.position() + piece.remaining());
            waiting += piece.remaining();
            output.add(piece);
        }
    }

    void write(String text) {
        write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Writes the head of a response, with the fields that every response has. A reason may be empty (RFC 9112, 4). */
    void writeHead(int status, String reason, Headers fields) {
        var text = new StringBuilder("HTTP/1.1 %d %s\r\n".formatted(status, reason));
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        if (!fields.contains("date")) {
            text.append("date: %s\r\n".formatted(DATE.format(Instant.now().atOffset(ZoneOffset.UTC))));
        }
        if (!fields.contains("server")) {
            text.append("server: asgi4j-minimal\r\n");
        }
        write(text.append("\r\n").toString());
    }

    /** Answers in place of the application, and lets the connection end. */
    void refuse(Refusal refusal) {
        var fields = refusal.headers.with("content-length", "0");
        writeHead(
                refusal.code,
                refusal.reason,
                fields.contains("connection") ? fields : fields.with("connection", "close"));
        finish();
    }

    /** Lets the client know, after all that waits has gone out, that nothing more will. */
    void finish() {
        output.add(END);
        within(owner.draining ? Limit.LATE_MILLIS : Limit.UNREAD_MILLIS, this::stopReading);
    }

    /** Ends the connection so that the client can tell it from a good end; the client is gone. Not only under the monitor. */
    void abort() {
        monitor.change(() -> {
            gone = true;
            whenGone.run();
            output.clear();
            output.add(END);
        });
        try (socket) {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException closed) {
            // Nothing is left to do for a socket that cannot even be closed.
        }
    }

    // what the threads do

    /** Moves what waits to the socket, until the connection ends. */
    void writeOut() {
        try {
            for (var piece = output.take(); piece.hasRemaining(); piece = output.take()) {
                var length = piece.remaining();
                var late = owner.after(Limit.WRITE_MILLIS, this::abort);
                while (piece.hasRemaining()) {
                    socket.write(piece);
                }
                late.cancel(false);
                monitor.change(() -> waiting -= length);
            }
            socket.shutdownOutput();
        } catch (IOException | InterruptedException lost) {
            abort();
        }
    }

    /** Closes the socket, after the client had time to read all: what it still sends would reset it (RFC 9112, 9.6). */
    void close(Thread writer) {
        monitor.change(this::finish);
        try (socket) {
            for (var unread = 0L;
                    unread < limit(Limit.UNREAD_BYTES) && awaitInput();
                    input.clear().flip()) {
                unread += input.remaining();
            }
            writer.join();
        } catch (IOException | InterruptedException lost) {
            abort();
        }
    }
}
