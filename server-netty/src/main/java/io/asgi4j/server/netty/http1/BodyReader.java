package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.HttpExchange;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * Reads the body of one request: for its exchange, and what is left when the response is complete for nobody.
 *
 * <p>Owned by the connection's event loop.
 */
final class BodyReader {
    private static final long UNKNOWN = -1;

    private final Http1Connection connection;
    private final Http1Settings settings;
    private final RequestDecoder decoder;
    private final Deadline deadline;
    private final HttpExchange exchange;
    private final int headFields;
    private boolean continueExpected;
    private boolean paused;
    private boolean dropping;
    private int dropped;
    /** How many bytes are still to come; below zero if that is not known. */
    private long left;

    /**
     * Begins to read.
     *
     * @param head says how many fields the trailers' are added to, and perhaps how long the body is
     * @param continueExpected whether the client waits for 100 (Continue)
     */
    BodyReader(
            Http1Connection connection,
            Http1Settings settings,
            RequestDecoder decoder,
            Deadline deadline,
            HttpExchange exchange,
            HttpRequest head,
            boolean continueExpected) {
        this.connection = connection;
        this.settings = settings;
        this.decoder = decoder;
        this.deadline = deadline;
        this.exchange = exchange;
        this.headFields = head.headers().size();
        this.left = HttpUtil.getContentLength(head, UNKNOWN);
        this.continueExpected = continueExpected;
        if (!continueExpected) {
            limitPause();
        }
    }

    /** Whether more bytes should be read from the connection. */
    boolean wantsInput() {
        return !paused;
    }

    /** Whether the client still waits to be asked for the body. */
    boolean isContinueExpected() {
        return continueExpected;
    }

    /** Takes the next part, which stays the caller's to release. */
    void part(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            connection.bodyBroken(
                    RequestCheck.undecodableBody(content.decoderResult().cause()));
            return;
        }
        left -= content.content().readableBytes();
        if (dropping) {
            dropped += content.content().readableBytes();
        } else if (content.content().isReadable()) {
            deliver(content);
        }
        if (content instanceof LastHttpContent last) {
            end(last);
        } else if (dropped > settings.maxUnreadBody()) {
            connection.end();
        }
    }

    private void deliver(HttpContent content) {
        continueExpected = false;
        if (exchange.bodyPart(content.content())) {
            limitPause();
        } else {
            paused = true;
            decoder.hold();
            deadline.clear();
        }
    }

    private void end(LastHttpContent last) {
        var trailers = last.trailingHeaders();
        try {
            connection.check().requireCount(headFields + trailers.size());
        } catch (Violation.Found found) {
            connection.bodyBroken(found.violation());
            return;
        }
        deadline.clear();
        if (dropping) {
            connection.bodyDropped();
        } else {
            exchange.bodyEnd(trailers.isEmpty() ? null : new RequestFields(trailers));
            connection.bodyReceived();
        }
    }

    private void limitPause() {
        deadline.set(
                // Nobody waits for what is dropped, so it is not worth a long wait.
                dropping ? settings.lingeringTimeout() : settings.bodyTimeout(),
                () -> connection.bodyBroken(
                        new Violation(408, "RFC 9110 15.5.9", "The request body did not arrive in time.")));
    }

    /** The application waits for the body: asks the client for it, and reads on. */
    void wanted(Http1Response response) {
        if (continueExpected && !response.isHeadWritten()) {
            continueExpected = false;
            response.continued();
            limitPause();
        }
        resume();
    }

    /** Nobody wants the rest of the body: reads it, within bounds, to get to the next request. */
    void drop() {
        dropping = true;
        if (left > settings.maxUnreadBody()) {
            connection.end();
            return;
        }
        limitPause();
        resume();
    }

    private void resume() {
        if (paused) {
            paused = false;
            limitPause();
            connection.release();
        }
    }
}
