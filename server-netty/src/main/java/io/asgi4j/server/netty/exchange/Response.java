package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.exchange.HttpStream.FileRange;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of whatever is answered by an HTTP response: an HTTP exchange, or a WebSocket handshake that is denied.
 *
 * <p>The methods are called under the owning exchange's turn. What they put in the outbox runs on the event loop, where
 * {@code status} is written.
 */
final class Response {
    private static final int EARLY_HINTS = 103;
    private static final int INTERNAL_SERVER_ERROR = 500;
    /** Fields that frame or route a message, which a trailer comes too late for (RFC 9110 6.5.1). */
    private static final Set<String> NOT_IN_TRAILERS = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Headers ERROR_HEADERS =
            Headers.of("content-type", "text/plain; charset=utf-8", "content-length", "21");
    private static final Headers ERROR_HEADERS_CLOSE = ERROR_HEADERS.with("connection", "close");

    private final HttpStream stream;
    private final Outbox outbox;
    private final ResponseSequence sequence;
    private final Runnable completed;
    private Headers trailers = Headers.empty();
    /** The application left it without its end, after its start; guarded like the sequence. */
    private boolean abandoned;

    private volatile int status;
    /** Whether the driver has the end of the response; the loop's. */
    private boolean over;

    /**
     * Creates the sending half.
     *
     * @param headRequest whether the request's method is HEAD
     * @param completed runs on the loop when the response has ended, one way or the other
     */
    Response(HttpStream stream, Outbox outbox, boolean headRequest, Runnable completed) {
        this.stream = stream;
        this.outbox = outbox;
        this.sequence = new ResponseSequence(headRequest);
        this.completed = completed;
    }

    boolean isStarted() {
        return sequence.isStarted();
    }

    boolean isComplete() {
        return sequence.isComplete();
    }

    /** Returns whether the response ends before its end, so that the client is given up. */
    boolean isTruncated() {
        return abandoned || (sequence.isComplete() && sequence.isShort());
    }

    /** Says what the application has left undone, or returns {@code null}. */
    @Nullable
    String unfinished() {
        if (sequence.isComplete()) {
            return sequence.isShort() ? "with a body that is shorter than its content-length" : null;
        }
        return sequence.isStarted() ? "before its response was complete" : "without a response";
    }

    /** Returns the status that went to the driver, or 0 if none did. */
    int status() {
        return status;
    }

    void start(HttpResponseStart event, boolean trailersAccepted) {
        start(event.status(), event.headers(), event.trailers(), trailersAccepted, event);
    }

    void start(int code, Headers headers, boolean withTrailers, boolean trailersAccepted, OutboundEvent event) {
        var head = sequence.start(code, headers, withTrailers, trailersAccepted, event);
        outbox.put(() -> write(head), 0);
    }

    private void write(ResponseHead head) {
        status = head.status();
        stream.head(head);
    }

    void body(HttpResponseBody event) {
        body(event.body(), event.moreBody(), event);
    }

    void body(ByteBuffer bytes, boolean more, OutboundEvent event) {
        var size = bytes.remaining();
        var last = sequence.body(size, more, event);
        var content = sequence.isBodiless() ? ByteBuffer.allocate(0) : bytes;
        var cut = !more && sequence.isShort();
        outbox.put(
                () -> {
                    outbox.taken(size);
                    stream.body(content, last && !cut);
                    endIf(last, cut);
                },
                size);
    }

    void earlyHint(HttpResponseEarlyHint event) {
        sequence.requireUnstarted(event);
        var headers = Headers.builder();
        event.links().forEach(link -> headers.add("link", link));
        var links = headers.build();
        outbox.put(() -> stream.informational(EARLY_HINTS, links), 0);
    }

    /** Collects trailers until the last of them ends the response. */
    void trailers(HttpResponseTrailers event) {
        var last = sequence.trailers(event.moreTrailers(), event);
        for (var field : event.headers()) {
            if (!NOT_IN_TRAILERS.contains(field.name())) {
                trailers = trailers.with(field.name(), field.value());
            }
        }
        if (last) {
            var all = trailers;
            var cut = sequence.isShort();
            outbox.put(
                    () -> {
                        if (!cut) {
                            stream.trailers(all);
                        }
                        endIf(true, cut);
                    },
                    0);
        }
    }

    /** Sends a whole file as the whole body. Opens it here, so that the application hears if that fails. */
    void pathSend(HttpResponsePathSend event) throws IOException {
        sequence.requireBody(event);
        if (sequence.isBodyBegun()) {
            throw new IllegalEventException("after another part of the body", event);
        }
        if (!Files.isRegularFile(event.path())) {
            throw new IOException(
                    "cannot send " + event.path() + ": there is no such file, or it is not a regular file");
        }
        var file = FileChannel.open(event.path(), StandardOpenOption.READ);
        try {
            var size = file.size();
            sequence.body(size, false, event);
            send(new FileRange(file, 0, size, written -> closeQuietly(file)), false);
        } catch (IOException | RuntimeException failure) {
            closeQuietly(file);
            throw failure;
        }
    }

    /** Sends a range of the application's own channel; {@code done} tells when the server needs it no longer. */
    void zeroCopySend(HttpResponseZeroCopySend event, FileRange.Done done) throws IOException {
        sequence.requireBody(event);
        var file = event.file();
        var offset = event.offset() == null ? file.position() : event.offset();
        var available = Math.max(0, file.size() - offset);
        var count = event.count() == null ? available : event.count();
        if (count > available) {
            throw new IOException(
                    "cannot send %d bytes from %d: the file ends after %d".formatted(count, offset, file.size()));
        }
        sequence.body(count, event.moreBody(), event);
        if (event.offset() == null) {
            file.position(offset + count);
        }
        send(new FileRange(file, offset, count, done), event.moreBody());
    }

    private void send(FileRange range, boolean more) {
        var last = sequence.isComplete();
        var cut = !more && sequence.isShort();
        var bodiless = sequence.isBodiless();
        outbox.put(
                () -> {
                    if (bodiless || range.count() == 0) {
                        range.done().done(true);
                        stream.body(ByteBuffer.allocate(0), last && !cut);
                    } else {
                        stream.file(range, last && !cut);
                    }
                    endIf(last, cut);
                },
                0);
    }

    /** Ends what nobody is there to read. */
    void abandon() {
        sequence.complete();
    }

    /**
     * Ends what the application left: with a 500 if nothing was started, else cut off.
     *
     * @param close whether the connection ends with it
     */
    void giveUp(boolean close) {
        var started = sequence.isStarted();
        abandoned = started;
        sequence.complete();
        if (started) {
            outbox.put(() -> endIf(true, true), 0);
            return;
        }
        var head = new ResponseHead(
                INTERNAL_SERVER_ERROR,
                close ? ERROR_HEADERS_CLOSE : ERROR_HEADERS,
                21,
                sequence.isHeadRequest(),
                false);
        var text = sequence.isHeadRequest() ? "" : "Internal Server Error";
        var body = HttpResponseBody.last(text).body();
        outbox.put(
                () -> {
                    write(head);
                    stream.body(body, true);
                    ended();
                },
                0);
    }

    private void endIf(boolean last, boolean cut) {
        if (cut) {
            stream.abort();
        }
        if (last || cut) {
            ended();
        }
    }

    /** From here on the driver is done with the exchange, and tells it no more whether the client reads. */
    private void ended() {
        outbox.release();
        if (!over) {
            over = true;
            completed.run();
        }
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException ignored) {
            // A file that was only read loses nothing when closing it fails.
        }
    }
}
