package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.http.BodyTime;
import io.asgi4j.server.netty.http.Deadline;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;

/**
 * Reads the body of one request: for its exchange, and what is left when the response is complete for nobody.
 *
 * <p>Owned by the connection's event loop.
 */
final class BodyReader {
    private final Http1Connection connection;
    private final Http1Settings settings;
    private final RequestReader reader;
    private final Deadline deadline;
    private final BodyTime time;
    private final HttpExchange exchange;
    private final RequestHead head;
    private boolean continueExpected;
    private boolean paused;
    private boolean dropping;
    private int dropped;

    /**
     * Begins to read.
     *
     * @param continueExpected whether the client waits for 100 (Continue)
     */
    BodyReader(
            Http1Connection connection,
            Http1Settings settings,
            RequestReader reader,
            Deadline deadline,
            HttpExchange exchange,
            RequestHead head,
            boolean continueExpected) {
        this.connection = connection;
        this.settings = settings;
        this.reader = reader;
        this.deadline = deadline;
        this.time = new BodyTime(
                deadline, settings.bodyGrace(), settings.bodyTimeout(), settings.minDataRate(), this::tooSlow);
        this.exchange = exchange;
        this.head = head;
        this.continueExpected = continueExpected;
    }

    /** The head of the request whose body this is. */
    RequestHead head() {
        return head;
    }

    /** Whether more bytes should be read from the connection. */
    boolean wantsInput() {
        return !paused;
    }

    /** Whether the client still waits to be asked for the body. */
    boolean isContinueExpected() {
        return continueExpected;
    }

    /** Takes the next {@code count} octets out of {@code in}. */
    void part(ByteBuf in, int count) {
        if (!dropping) {
            deliver(in, count);
            return;
        }
        in.skipBytes(count);
        dropped += count;
        if (dropped > settings.maxUnreadBody()) {
            connection.end();
        }
    }

    private void deliver(ByteBuf in, int count) {
        continueExpected = false;
        time.arrived(count);
        if (!exchange.bodyPart(in, count)) {
            paused = true;
            reader.hold();
            time.stop();
        }
    }

    /** What came was read, and the body is not complete: from here on the next part is waited for. */
    void awaitMore() {
        if (!paused && !dropping && !continueExpected) {
            time.run();
        }
    }

    private void tooSlow() {
        connection.bodyBroken(new Violation(408, "RFC 9110 15.5.9", "The request body did not arrive in time."));
    }

    /** The body is complete. */
    void end(Fields trailers) {
        deadline.clear();
        if (dropping) {
            connection.bodyDropped();
        } else {
            exchange.bodyEnd(trailers.size() == 0 ? null : trailers);
            connection.bodyReceived();
        }
    }

    /** The application waits for the body: asks the client for it, and reads on. */
    void wanted(Http1Response response) {
        if (continueExpected && !response.isHeadWritten()) {
            continueExpected = false;
            response.continued();
        }
        resume();
    }

    /** Nobody wants the rest of the body: reads it, within bounds, to get to the next request. */
    void drop() {
        dropping = true;
        if (reader.left() > settings.maxUnreadBody()) {
            connection.end();
            return;
        }
        // Nobody waits for it, so it is not worth a long wait.
        deadline.set(settings.lingeringTimeout(), this::tooSlow);
        resume();
    }

    private void resume() {
        if (paused) {
            paused = false;
            reader.release();
        }
    }
}
