package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.http.BodyTime;
import io.asgi4j.server.netty.http.Deadline;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.HttpScope;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request on its stream: hands its body on as it comes, and opens the client's window as the application takes it.
 *
 * <p>Owned by the connection's event loop.
 */
final class HttpCall implements Call, Http2Response.Owner {
    private final ServerConnection connection;
    private final int id;
    private final StreamOutput output;
    private final Http2Response response;
    private final HttpExchange exchange;
    private boolean bodyComplete;
    private boolean continueExpected;
    /** Whether the response is over, and the rest of the body is dropped. */
    private boolean dropping;

    private int dropped;
    /** Octets for which the client's window was not opened again. */
    private int withheld;
    /** Limits how long the client may take to go on with the body, if it has one. */
    private @Nullable Deadline deadline;

    private @Nullable BodyTime time;

    HttpCall(
            ServerConnection connection,
            int id,
            Function<Connection, HttpScope> scope,
            boolean bodyFollows,
            boolean continueExpected) {
        this.connection = connection;
        this.id = id;
        this.continueExpected = continueExpected && bodyFollows;
        this.output = new StreamOutput(connection.output(), id, this::writable);
        this.response = new Http2Response(
                this, output, connection.driver().fields(), connection.channel().alloc());
        this.exchange = new HttpExchange(connection.driver().exchanges(), response, scope, this.continueExpected);
        if (bodyFollows) {
            awaitBody();
        } else {
            bodyComplete = true;
            exchange.bodyEnd(null);
        }
    }

    private void writable(boolean writable) {
        exchange.writable(writable);
    }

    @Override
    public HttpExchange exchange() {
        return exchange;
    }

    @Override
    public StreamOutput output() {
        return output;
    }

    // ---- what the client sends

    @Override
    public int data(ByteBuf data) {
        var size = data.readableBytes();
        if (dropping) {
            drop(size);
            return size;
        }
        if (size > 0) {
            continueExpected = false;
            stopTime(size);
            withheld += size;
            exchange.bodyPart(data, size);
        }
        return 0;
    }

    private void drop(int size) {
        dropped += size;
        if (dropped > connection.limits().maxUnreadBody()) {
            stopBody();
        }
    }

    @Override
    public void end(Fields trailers) {
        bodyComplete = true;
        cancelDeadline();
        if (!dropping) {
            exchange.bodyEnd(trailers.size() == 0 ? null : trailers);
        }
    }

    @Override
    public void inputClosed() {
        if (bodyComplete) {
            exchange.inputClosed();
        } else {
            output.reset(Http2Error.CANCEL);
            lost();
        }
    }

    @Override
    public void draining() {
        // The application sees the signal.
    }

    // ---- what the application wants

    @Override
    public void readBody() {
        if (continueExpected && !response.isHeadWritten()) {
            continueExpected = false;
            response.continued();
        }
        release(withheld - exchange.unreadBody());
        if (!bodyComplete) {
            awaitBody();
        }
    }

    private void release(int octets) {
        withheld -= octets;
        connection.output().consumed(id, octets);
    }

    @Override
    public void responseEnded() {
        if (bodyComplete || output.isClosed()) {
            release(withheld);
            return;
        }
        dropping = true;
        release(withheld);
        if (continueExpected) {
            stopBody();
        } else {
            deadline().set(connection.limits().lingeringTimeout(), this::stopBody);
        }
    }

    /** Nobody wants the rest: the client need not send it (RFC 9113 8.1). */
    private void stopBody() {
        output.afterEnd(() -> output.reset(Http2Error.NO_ERROR));
    }

    // ---- time

    private void awaitBody() {
        if (continueExpected) {
            return;
        }
        if (time == null) {
            var limits = connection.limits();
            time = new BodyTime(
                    deadline(), limits.bodyGrace(), limits.bodyTimeout(), limits.minDataRate(), this::bodyTooSlow);
        }
        time.run();
    }

    private void stopTime(int arrived) {
        if (time != null) {
            time.arrived(arrived);
            time.run();
            time.stop();
        }
    }

    private Deadline deadline() {
        var made = deadline;
        if (made == null) {
            made = connection.newDeadline();
            deadline = made;
        }
        return made;
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    private void bodyTooSlow() {
        var answered = response.isHeadWritten();
        lost();
        if (answered) {
            output.reset(Http2Error.CANCEL);
        } else {
            connection.refuse(
                    output,
                    new Violation(408, "RFC 9110 15.5.9", "The request body did not arrive in time."),
                    exchange.scope().method().equals("HEAD"));
            stopBody();
        }
    }

    // ---- the end

    private void lost() {
        cancelDeadline();
        response.discard();
        exchange.connectionLost();
    }

    @Override
    public void closed() {
        cancelDeadline();
        var complete = bodyComplete && output.isEnded() && !output.isClosed();
        output.closed();
        response.closed();
        if (!response.isOver() && !complete) {
            lost();
        }
    }
}
