package io.asgi4j.samples.minimal;

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
import org.jspecify.annotations.Nullable;

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
    private final OutputStream out;

    private CompletableFuture<?> written = CompletableFuture.completedFuture("nothing yet");
    private CompletableFuture<?> clock = CompletableFuture.completedFuture("no limit yet");
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
        out = socket.getOutputStream();
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

    /** Takes what is there, which is something unless the client has left, but not more than so many bytes. */
    byte[] take(long limit) throws IOException {
        var piece = new byte[(int) Math.min(limit, PIECE_BYTES)];
        return Arrays.copyOf(piece, Math.max(0, in.read(piece)));
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

    /** Lets the thread of the connection see the end of what comes, unless there is something in time. */
    synchronized void within(Limit limit) {
        takeYourTime();
        idle = limit == Limit.IDLE_MILLIS;
        clock = after(idle && server.draining ? Limit.LATE_MILLIS : limit, () -> quietly(socket::shutdownInput));
    }

    synchronized void takeYourTime() {
        clock.cancel(false);
    }

    private CompletableFuture<?> after(Limit limit, Runnable action) {
        var time = new CompletableFuture<@Nullable Void>();
        time.completeOnTimeout(null, server.limit(limit), TimeUnit.MILLISECONDS);
        time.thenRunAsync(action, Thread::startVirtualThread);
        return time;
    }

    // what goes out

    /** Lets bytes be written after all others before. */
    synchronized Future<?> write(ByteBuffer... pieces) {
        written = written.thenRunAsync(() -> writeOut(pieces), Thread::startVirtualThread);
        return written;
    }

    private void writeOut(ByteBuffer... pieces) {
        try {
            for (var bytes : pieces) {
                while (bytes.hasRemaining()) {
                    var piece = new byte[Math.min(PIECE_BYTES, bytes.remaining())];
                    bytes.get(piece);
                    var late = after(Limit.CLIENT_MILLIS, this::abort);
                    out.write(piece);
                    late.cancel(false);
                }
            }
        } catch (IOException lost) {
            abort();
            throw new UncheckedIOException(lost);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes the head of a response: the server's fields, and those of the application that it does not ignore. */
    Future<?> writeHead(int status, Headers own, Headers given, Set<String> ignored) {
        var fields = Headers.builder().addAll(own);
        for (var field : given) {
            if (!ignored.contains(field.name())) {
                fields.add(field);
            }
        }
        if (!given.contains("date")) {
            fields.add("date", DATE.format(Instant.now().atOffset(ZoneOffset.UTC)));
        }
        if (!given.contains("server")) {
            fields.add("server", "asgi4j-minimal");
        }
        var head = new StringBuilder("HTTP/1.1 " + status + " \r\n"); // a reason may be empty (RFC 9112, 4)
        for (var field : fields.build()) {
            head.append(field.name() + ": " + field.value() + "\r\n");
        }
        return write(bytes(head.append("\r\n").toString()));
    }

    /** Answers in place of the application, and lets the connection end. */
    Future<?> refuse(Refusal refusal) {
        var own = Headers.of("content-length", "0", "connection", "close");
        var answer = writeHead(refusal.code, own, refusal.fields, Set.of());
        finish();
        return answer;
    }

    // how it ends

    /** Lets the client know, after all is written, that nothing more comes, and gives it the time to read that. */
    synchronized void finish() {
        if (!finished) {
            finished = true;
            written = written.thenRunAsync(() -> quietly(socket::shutdownOutput), Thread::startVirtualThread);
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
        quietly(() -> socket.setSoLinger(true, 0));
        quietly(socket::close);
    }

    private interface SocketAction {
        void run() throws IOException;
    }

    private static void quietly(SocketAction action) {
        try {
            action.run();
        } catch (IOException closed) {
            // Then there is nothing left to do.
        }
    }
}
