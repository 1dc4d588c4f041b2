package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.io.*;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.regex.Pattern;

/** One request and its response: the tables of SPEC.md, "HTTP: the request" and "HTTP: which event is legal when". */
final class HttpExchange extends Exchange {
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final Pattern CHUNK_SIZE = Pattern.compile("(\\p{XDigit}{1,15})([ \t]*;.*)?");
    private static final long UNKNOWN = -1;

    private final boolean isHttp11;
    private final long requestLength;
    private volatile boolean requestEnded;
    private volatile boolean awaitsContinue;

    private boolean keep;
    private boolean bodiless;
    private boolean chunked;
    private long responseLength = UNKNOWN;
    private long sent;

    HttpExchange(HttpConnection connection, HttpScope head) throws Refusal {
        super(connection, head, Stage.OVER, new HttpDisconnect());
        isHttp11 = RequestHead.isHttp11(head);
        requestLength = RequestHead.bodyLength(head);
        requestEnded = requestLength == 0;
        awaitsContinue = isHttp11 && !requestEnded && RequestHead.lists(head.headers(), "expect", "100-continue");
        keep = isHttp11 && !RequestHead.lists(head.headers(), "connection", "close");
    }

    @Override
    Scope scope() {
        var state = server.lifespan.state.copy();
        return head.toBuilder().state(state).connection(this).build();
    }

    // the request, read by the thread of the connection

    @Override
    void read() throws InterruptedException {
        try {
            readBody();
            if (!connection.awaitInput()) { // so it is noticed when the client leaves
                leave();
            }
        } catch (IOException broken) {
            giveUp(broken);
        }
        mayReadOn.await();
    }

    private void readBody() throws IOException, InterruptedException {
        if (requestLength == RequestHead.CHUNKED) {
            for (var size = readChunkSize(); size > 0; size = readChunkSize()) {
                readBytes(size);
                Refusal.unless(connection.readLine(400).isEmpty(), 400, "a chunk is longer than its size");
            }
            RequestHead.readFields(connection); // the trailers, for which nobody has asked
        } else {
            readBytes(requestLength);
        }
        requestEnded = true;
        inbox.put(new HttpRequest(ByteBuffer.allocate(0), false));
    }

    private long readChunkSize() throws IOException {
        var line = CHUNK_SIZE.matcher(connection.readLine(400));
        Refusal.unless(line.matches(), 400, "malformed chunk size");
        return Long.parseLong(line.group(1), 16);
    }

    private void readBytes(long count) throws IOException, InterruptedException {
        for (var rest = count; rest > 0; ) {
            var piece = connection.take(rest);
            rest -= piece.length;
            awaitsContinue = false; // the client did not wait for it
            if (!inbox.put(new HttpRequest(ByteBuffer.wrap(piece), true))) {
                throw new EOFException("nobody wants the rest");
            }
        }
    }

    private synchronized void giveUp(IOException broken) {
        if (broken instanceof Refusal refusal && stage == Stage.WAITING) {
            connection.refuse(refusal);
        }
        if (!isOver()) {
            cut(true);
        }
    }

    @Override
    public InboundEvent receive() throws InterruptedException {
        letContinue();
        return super.receive();
    }

    private synchronized void letContinue() {
        if (awaitsContinue && stage == Stage.WAITING) {
            awaitsContinue = false;
            connection.write(HttpConnection.bytes("HTTP/1.1 100 Continue\r\n\r\n"));
        }
    }

    // the response

    @Override
    void take(OutboundEvent event) {
        switch (event) {
            case HttpResponseStart start when stage == Stage.WAITING -> start(start);
            case HttpResponseBody body when stage == Stage.OPEN -> body(body);
            default -> throw illegal(event);
        }
    }

    private void start(HttpResponseStart start) {
        var fields = start.headers();
        var lengths = fields.all("content-length");
        if (start.trailers() || lengths.size() > 1 || !lengths.stream().allMatch(RequestHead.IS_LENGTH)) {
            throw new IllegalEventException("with trailers or a content-length that is not one number", start);
        }
        responseLength = lengths.isEmpty() ? UNKNOWN : Long.parseLong(lengths.getFirst());
        bodiless = head.method().equals("HEAD") || start.status() == 204 || start.status() == 304;
        chunked = isHttp11 && !bodiless && responseLength == UNKNOWN;
        keep &= requestEnded && !server.draining && !RequestHead.lists(fields, "connection", "close");
        stage = Stage.OPEN;
        var framing = chunked ? Headers.of("transfer-encoding", "chunked") : Headers.empty();
        var own = keep ? framing : framing.with("connection", "close");
        var given = start.status() == 204 ? fields.without("content-length") : fields;
        connection.writeHead(start.status(), own, given, OWN_FIELDS);
    }

    private void body(HttpResponseBody body) {
        var bytes = body.body();
        var total = sent + bytes.remaining();
        if (responseLength != UNKNOWN && total > responseLength) {
            throw new IllegalEventException("beyond the content-length of " + responseLength, body);
        }
        sent = total;
        write(bytes);
        if (!body.moreBody()) {
            complete();
        }
    }

    private void write(ByteBuffer bytes) {
        if (chunked && bytes.hasRemaining()) { // a chunk of no bytes would be the last one
            var size = Integer.toHexString(bytes.remaining());
            connection.write(HttpConnection.bytes(size + "\r\n"), bytes, HttpConnection.bytes("\r\n"));
        } else if (!bodiless) {
            connection.write(bytes);
        }
    }

    private void complete() {
        if (!bodiless && sent < responseLength) {
            MinimalServer.LOG.log(Level.ERROR, "a response ends after {0} of {1} bytes", sent, responseLength);
            cut(true);
            return;
        }
        if (chunked) {
            connection.write(HttpConnection.bytes("0\r\n\r\n"));
        }
        if (keep && !server.draining) {
            connection.within(Limit.IDLE_MILLIS);
        } else {
            connection.finish();
        }
        end(Stage.OVER);
    }

    /** Gives the client up: what was promised will not come, and nothing may look as if it had. */
    @Override
    void cut(boolean hasFailed) {
        if (stage == Stage.OPEN && !bodiless && !chunked && responseLength == UNKNOWN) {
            connection.abort(); // the end of the connection would look like the end of the body
        } else {
            connection.finish();
        }
        end(Stage.GONE);
    }
}
