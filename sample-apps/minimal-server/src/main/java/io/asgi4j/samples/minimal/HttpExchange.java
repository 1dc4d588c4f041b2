package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request and its response: the tables of SPEC.md, "HTTP: the request" and "HTTP: which event is legal when". */
final class HttpExchange extends ClientExchange<HttpExchange.Stage> {
    enum Stage {
        WAITING,
        STARTED,
        COMPLETE
    }

    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final Pattern CHUNK = Pattern.compile("(\\p{XDigit}{1,15})([ \t]*;[\t -~\\x80-\\xff]*)?");
    private static final long UNKNOWN = -1;

    // the request's body; the reader puts in, receive takes out
    private final Queue<byte[]> inbox = new ArrayDeque<>();
    private int unread;
    private boolean bodyEnded;
    private boolean bodyTold;
    private boolean continued;
    private @Nullable IOException broken;

    // the response
    private boolean bodiless;
    private boolean chunked;
    private long length = UNKNOWN;
    private long sent;
    private boolean keep;
    private boolean givenUp;

    HttpExchange(MinimalServer server, Wire wire, RequestHead head) {
        super(server, wire, head, Stage.WAITING);
        this.keep = head.isHttp11() && !RequestHead.contains(head.headers(), "connection", "close");
    }

    @Override
    Scope scope() {
        return HttpScope.builder()
                .httpVersion(head.version())
                .method(head.method())
                .path(head.path())
                .rawPath(head.rawPath())
                .queryString(head.query())
                .headers(head.headers())
                .client(wire.client)
                .server(wire.server)
                .state(server.state())
                .connection(this)
                .build();
    }

    @Override
    boolean isOver() {
        return stage == Stage.COMPLETE || wire.isGone();
    }

    // the thread of the connection

    @Override
    boolean feed() {
        try {
            readBody();
            monitor.change(() -> {
                bodyEnded = true;
                expectNext();
            });
            if (!wire.awaitInput()) { // so it is noticed when the client leaves
                leave();
            }
        } catch (IOException failure) {
            monitor.change(() -> broken = failure);
            leave();
        }
        monitor.awaitUninterruptibly(this::isOver);
        return keep && broken == null && !hasLeft();
    }

    private void readBody() throws IOException {
        monitor.change(this::expectBody);
        if (!head.isChunked()) {
            readBytes(head.length());
            return;
        }
        for (var size = readChunkSize(); size > 0; size = readChunkSize()) {
            readBytes(size);
            if (!wire.readLine(400).isEmpty()) {
                throw new Refusal(400, "A chunk is longer than its size");
            }
        }
        RequestHead.readFields(wire); // the trailers, for which nobody has asked
    }

    private long readChunkSize() throws IOException {
        var line = CHUNK.matcher(wire.readLine(400));
        if (!line.matches()) {
            throw new Refusal(400, "Malformed chunk size");
        }
        return Long.parseLong(line.group(1), 16);
    }

    private void readBytes(long count) throws IOException {
        for (var rest = count; rest > 0; ) {
            var piece = wire.take(rest);
            rest -= piece.length;
            monitor.awaitUninterruptibly(() -> hasRoomForBody() || isOver());
            monitor.change(() -> {
                unread += piece.length;
                continued = true; // the client did not wait for it
                if (!isOver()) {
                    inbox.add(piece);
                }
                expectBody();
            });
            if (monitor.holds(() -> unread > wire.limit(Limit.UNREAD_BYTES))) {
                throw new EOFException("more than can be dropped");
            }
        }
    }

    // the rest is under the monitor

    private boolean hasRoomForBody() {
        return unread < wire.limit(Limit.BODY_BYTES);
    }

    private boolean awaitsContinue() {
        return head.expectsContinue() && !continued && stage == Stage.WAITING;
    }

    /** Lets the clock tick for a client that could send more of the body. */
    private void expectBody() {
        if (!isOver()) {
            wire.within(
                    Limit.BODY_MILLIS,
                    () -> monitor.change(() -> {
                        if (!bodyEnded && hasRoomForBody() && !awaitsContinue() && !isOver()) {
                            wire.stopReading();
                        }
                    }));
        }
    }

    /** Lets the clock tick for the next request, once it may come. */
    private void expectNext() {
        if (stage == Stage.COMPLETE && keep) {
            wire.within(bodyEnded ? Limit.IDLE_MILLIS : Limit.UNREAD_MILLIS, wire::stopReading);
        }
    }

    @Override
    @Nullable
    InboundEvent next() {
        if (stage == Stage.COMPLETE) {
            return new HttpDisconnect();
        }
        if (!inbox.isEmpty() || (bodyEnded && !bodyTold)) {
            var piece = inbox.isEmpty() ? new byte[0] : inbox.remove();
            unread -= piece.length;
            bodyTold = bodyEnded && inbox.isEmpty();
            return new HttpRequest(ByteBuffer.wrap(piece), !bodyTold);
        }
        if (broken != null && !bodyEnded) {
            if (broken instanceof Refusal refusal && stage == Stage.WAITING) {
                wire.refuse(refusal);
            }
            cut();
        }
        if (hasLeft()) {
            return new HttpDisconnect();
        }
        if (awaitsContinue()) {
            continued = true;
            wire.write("HTTP/1.1 100 Continue\r\n\r\n");
            expectBody();
        }
        return null;
    }

    @Override
    boolean isGone() {
        return wire.isGone() || givenUp;
    }

    @Override
    void take(OutboundEvent event) {
        switch (event) {
            case HttpResponseStart start when stage == Stage.WAITING -> start(start);
            case HttpResponseBody body when stage == Stage.STARTED -> body(body);
            default -> throw illegal(event);
        }
    }

    private void start(HttpResponseStart start) {
        var fields = start.headers();
        var lengths = fields.all("content-length");
        if (start.trailers() || lengths.size() > 1 || !lengths.stream().allMatch(RequestHead::isNumber)) {
            throw new IllegalEventException("with trailers or a content-length that is not one number", start);
        }
        length = lengths.isEmpty() ? UNKNOWN : Long.parseLong(lengths.getFirst());
        bodiless = head.method().equals("HEAD") || start.status() == 204 || start.status() == 304;
        chunked = !bodiless && length == UNKNOWN && head.isHttp11();
        keep &= !awaitsContinue() // the client may send the body or not: nobody could tell
                && !draining().isSet()
                && (bodiless || chunked || length != UNKNOWN)
                && !RequestHead.contains(fields, "connection", "close");
        var written = Headers.builder();
        for (var field : start.status() == 204 ? fields.without("content-length") : fields) {
            if (!OWN_FIELDS.contains(field.name())) {
                written.add(field);
            }
        }
        if (chunked) {
            written.add("transfer-encoding", "chunked");
        }
        if (!keep) {
            written.add("connection", "close");
        }
        wire.writeHead(start.status(), "", written.build());
        stage = Stage.STARTED;
    }

    private void body(HttpResponseBody body) {
        var bytes = body.body();
        var total = sent + bytes.remaining();
        if (length != UNKNOWN && total > length) {
            throw new IllegalEventException("beyond the content-length of " + length, body);
        }
        sent = total;
        if (!bodiless && bytes.hasRemaining()) { // a chunk of no bytes would be the last one
            wire.write(chunked ? Integer.toHexString(bytes.remaining()) + "\r\n" : "");
            wire.write(bytes);
            wire.write(chunked ? "\r\n" : "");
        }
        if (body.moreBody()) {
            return;
        }
        if (!bodiless && sent < length) {
            MinimalServer.LOG.log(Level.ERROR, "a response ends after {0} of {1} bytes", sent, length);
            cut();
            return;
        }
        wire.write(chunked ? "0\r\n\r\n" : "");
        complete(true);
    }

    @Override
    boolean end(@Nullable Throwable failure) {
        var tooEarly = stage != Stage.COMPLETE && !hasLeft();
        switch (stage) {
            case WAITING -> {
                wire.refuse(new Refusal(500, "Internal Server Error"));
                complete(false);
            }
            case STARTED -> cut();
            case COMPLETE -> {}
        }
        return tooEarly;
    }

    /** Gives the client up: what was promised will not come, and nothing may look as if it had. */
    private void cut() {
        givenUp = true;
        if (stage == Stage.STARTED && !bodiless && !chunked && length == UNKNOWN) {
            wire.abort(); // the end of the connection would look like the end of the body
        }
        complete(false);
    }

    private void complete(boolean well) {
        stage = Stage.COMPLETE;
        keep &= well && !draining().isSet();
        inbox.clear();
        disconnected().set();
        expectNext();
        if (!keep) {
            wire.finish();
        }
    }
}
