package io.asgi4j.samples.minimal;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.TcpAddress;
import java.io.*;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.*;
import java.util.concurrent.*;

/**
 * A client's connection: its socket, and one exchange after the other.
 *
 * <p>The thread of the connection runs {@link #run} and alone reads. Who sends lets other threads write, since an interrupt amid
 * that would cost the connection. The rest is guarded by the connection itself, which never calls an exchange while it is held.
 */
final class HttpConnection {
    private static final int PIECE_BYTES = 16_384;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    final MinimalServer server;
    final TcpAddress client;
    final TcpAddress local;
    final DataInputStream in;
    private final Socket socket;

    private CompletableFuture<?> written = CompletableFuture.completedFuture("nothing yet");
    private CompletableFuture<String> clock = CompletableFuture.completedFuture("no limit yet");
    private boolean idle;
    private volatile boolean finished;

    /** Whether nothing reaches the client any more. */
    volatile boolean gone;

    HttpConnection(MinimalServer server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        client = new TcpAddress(socket.getInetAddress().getHostAddress(), socket.getPort());
        local = new TcpAddress(socket.getLocalAddress().getHostAddress(), socket.getLocalPort());
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), PIECE_BYTES));
    }

    // the thread of the connection

    /** Serves the client until one of the two wants no more. */
    void run() {
        try {
            do {
                within(Limit.IDLE_MILLIS);
            } while (awaitInput() && serve());
            finish();
            in.skipNBytes(server.limit(Limit.UNREAD_BYTES)); // unread, it would reset the connection (RFC 9112, 9.6)
        } catch (IOException | InterruptedException | RejectedExecutionException over) {
            // The client has left, or the server has ended.
        }
        written.exceptionally(lost -> null).join();
        gone = true;
    }

    /** Serves a request; returns whether another one may follow. */
    private boolean serve() throws IOException, InterruptedException {
        try {
            within(Limit.CLIENT_MILLIS);
            var head = RequestHead.read(this);
            takeYourTime();
            var exchange = RequestHead.asksForWebSocket(head)
                    ? new WebSocketExchange(this, head)
                    : new HttpExchange(this, head);
            server.calls.execute(exchange::call);
            exchange.read();
        } catch (Refusal refusal) {
            refuse(refusal);
        }
        return !finished;
    }

    /** Blocks until something is there; false if nothing will come. */
    boolean awaitInput() throws IOException {
        in.mark(1);
        var first = in.read();
        in.reset();
        return first >= 0;
    }

    /** Takes what is there, at least one byte, and at most so many. */
    byte[] take(long limit) throws IOException {
        var piece = new byte[(int) Math.min(limit, PIECE_BYTES)];
        var count = in.read(piece);
        if (count < 0) {
            throw new EOFException("the client has left");
        }
        return Arrays.copyOf(piece, count);
    }

    /** Takes a line, which ends in CRLF, and leaves that out; one that is too long is refused with the status. */
    String readLine(int status) throws IOException {
        var line = new StringBuilder();
        for (var c = in.readUnsignedByte(); c != '\r'; c = in.readUnsignedByte()) {
            Refusal.unless(c >= ' ' || c == '\t', 400, "a line has a control character");
            line.append((char) c);
            Refusal.unless(line.length() < server.limit(Limit.HEAD_BYTES), status, "a line is too long");
        }
        Refusal.unless(in.readUnsignedByte() == '\n', 400, "a line does not end in CRLF");
        return line.toString();
    }

    // the clock

    /**
     * Lets the thread of the connection see the end of what comes, unless {@link #takeYourTime} is called, or another time
     * given, in time. What is written is still written.
     */
    synchronized void within(Limit limit) {
        takeYourTime();
        idle = limit == Limit.IDLE_MILLIS;
        clock = new CompletableFuture<>();
        clock.completeOnTimeout(
                "over", server.limit(idle && server.draining ? Limit.LATE_MILLIS : limit), MILLISECONDS);
        clock.thenRunAsync(this::endInput, Thread::startVirtualThread);
    }

    synchronized void takeYourTime() {
        clock.cancel(false);
    }

    private void endInput() {
        try {
            socket.shutdownInput();
        } catch (IOException ended) {
            // It had ended before.
        }
    }

    // what goes out

    /** Lets bytes be written after all others before. */
    void write(ByteBuffer... pieces) {
        afterAll(() -> {
            for (var bytes : pieces) {
                while (bytes.hasRemaining()) {
                    var piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
                    bytes.get(piece);
                    socket.getOutputStream().write(piece);
                }
            }
        });
    }

    private interface SocketAction {
        void run() throws IOException;
    }

    private synchronized void afterAll(SocketAction action) {
        written = written.thenRunAsync(() -> run(action), Thread::startVirtualThread);
    }

    /** Tells when all is written. */
    synchronized Future<?> written() {
        return written;
    }

    private void run(SocketAction action) {
        try {
            action.run();
        } catch (IOException lost) {
            abort();
            throw new UncheckedIOException(lost);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes the head of a response: the server's fields, and those of the application that it does not ignore. */
    void writeHead(int status, Headers own, Headers given, Set<String> ignored) {
        var head = new StringBuilder("HTTP/1.1 " + status + " \r\n"); // a reason may be empty (RFC 9112, 4)
        for (var field : own) {
            head.append(field.name() + ": " + field.value() + "\r\n");
        }
        for (var field : given) {
            head.append(ignored.contains(field.name()) ? "" : field.name() + ": " + field.value() + "\r\n");
        }
        if (!given.contains("date")) {
            head.append("date: " + DATE.format(Instant.now().atOffset(ZoneOffset.UTC)) + "\r\n");
        }
        if (!given.contains("server")) {
            head.append("server: asgi4j-minimal\r\n");
        }
        write(bytes(head + "\r\n"));
    }

    /** Answers in place of the application, and lets the connection end. */
    void refuse(Refusal refusal) {
        var own = Headers.of("content-length", "0", "connection", "close");
        writeHead(refusal.code, own, refusal.fields, Set.of());
        finish();
    }

    // how it ends

    /** Lets the client know, after all is written, that nothing more comes, and gives it the time to read that. */
    synchronized void finish() {
        if (!finished) {
            finished = true;
            afterAll(socket::shutdownOutput);
        }
        within(Limit.LATE_MILLIS);
    }

    /** Lets the connection end if it is idle, but not before a request that is on its way had time to come. */
    synchronized void drain() {
        if (idle) {
            within(Limit.IDLE_MILLIS);
        }
    }

    /** Ends the connection so that the client can tell it from a good end. */
    void abort() {
        gone = true;
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            // Then it has ended.
        }
    }
}
