package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.http.Deadline;
import io.asgi4j.server.netty.http.Ending;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.spec.extension.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1 connection: decides when to read, serves its requests one after the other, and knows when it ends.
 *
 * <p>Owned by the connection's event loop; all fields are its own. At most one request is under way; what the client sends
 * behind it waits undecoded, up to a bound, and then in the kernel.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements RequestReader.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /** Where the connection is in the life of its current request. */
    private enum State {
        /** No request is under way; a part of its head may have been received. */
        IDLE,
        /** The application is called, and the response is not complete. */
        SERVING,
        /** The response is complete, and the rest of the request body is dropped. */
        DROPPING,
        /** Nothing is served any more. */
        ENDING
    }

    private final Http1Driver driver;
    private final Http1Settings settings;
    private final Channel channel;
    private final RequestReader reader;
    private final ScopeFactory scopes;
    private final Calls calls;
    private final Deadline deadline;
    private State state = State.IDLE;
    /** The call under way and its answer; both or neither. */
    private @Nullable Exchange exchange;

    private @Nullable Http1Response response;
    /** Reads the request body, while it is not complete. */
    private @Nullable BodyReader body;

    /** Whether a read was asked for and has not come back. */
    private boolean reading;

    private boolean headBegun;
    private boolean inputClosed;
    private boolean draining;
    /** Whether answers wait to leave with the next one. */
    private boolean flushPutOff;

    Http1Connection(Http1Driver driver, Channel channel, @Nullable Tls tls) {
        this.driver = driver;
        this.settings = driver.settings();
        this.channel = channel;
        this.reader = new RequestReader(this, channel.alloc(), settings);
        this.scopes = driver.scopes(channel, tls);
        this.calls = new Calls(this, driver, channel, scopes);
        this.deadline = new Deadline(channel.eventLoop(), driver.clock()::nanoTime);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        awaitRequest();
    }

    // ---- what the client sends

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        assert channel.eventLoop().inEventLoop();
        if (state == State.ENDING) {
            ctx.fireChannelRead(message);
            return;
        }
        reader.receive((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (state == State.ENDING) {
            ctx.fireChannelReadComplete();
            return;
        }
        readOn();
    }

    /** What was received is decoded as far as may be: waits for what is missing, and asks for it. */
    private void readOn() {
        if (body != null) {
            body.awaitMore();
        } else if (state == State.IDLE && !headBegun && reader.isWithinHead()) {
            headBegun = true;
            deadline.set(settings.headerTimeout(), this::headTooSlow);
        }
        var wanted = switch (state) {
            case IDLE -> !reader.isHeld() || reader.buffered() < settings.readAhead();
            // Reading behind the request finds out whether the client is still there.
            case SERVING, DROPPING -> body == null ? reader.buffered() < settings.readAhead() : body.wantsInput();
            case ENDING -> false;
        };
        if (wanted && !inputClosed && !reading) {
            reading = true;
            channel.read();
        }
    }

    @Override
    public BodyFraming head(RequestHead head) {
        var none = new BodyFraming.None();
        if (state != State.IDLE || !channel.isActive()) {
            return none;
        }
        headBegun = false;
        deadline.clear();
        Calls.Call call;
        try {
            call = calls.call(head, draining);
        } catch (Violation.Found found) {
            refuse(found.violation(), head);
            return none;
        }
        exchange = call.exchange();
        response = call.response();
        state = State.SERVING;
        if (call.exchange() instanceof HttpExchange http) {
            receive(http, head, call);
        } else {
            reader.hold();
        }
        driver.runner().run(call.exchange());
        return call.body();
    }

    private void receive(HttpExchange http, RequestHead head, Calls.Call call) {
        if (call.body() instanceof BodyFraming.None) {
            http.bodyEnd(null);
            bodyReceived();
        } else {
            body = new BodyReader(this, settings, reader, deadline, http, head, call.expectsContinue());
        }
    }

    @Override
    public void body(ByteBuf in, int count) {
        if (body != null) {
            body.part(in, count);
        } else {
            in.skipBytes(count);
        }
    }

    @Override
    public void bodyEnd(Fields trailers) {
        if (body != null) {
            body.end(trailers);
        }
    }

    @Override
    public void violation(Violation violation, @Nullable RequestHead requestLine) {
        if (body != null) {
            bodyBroken(violation);
        } else if (state == State.IDLE && channel.isActive()) {
            refuse(violation, requestLine);
        } else {
            reader.end().release();
        }
    }

    /** The handshake is complete: the connection is the WebSocket's from now on. */
    void handOver(Http1WebSocket webSocket) {
        state = State.ENDING;
        exchange = null;
        response = null;
        var pipeline = channel.pipeline();
        pipeline.addLast(webSocket);
        passOn(reader.end());
        pipeline.remove(this);
    }

    boolean isDraining() {
        return draining;
    }

    /** The exchange has the whole request. */
    void bodyReceived() {
        body = null;
        reader.hold();
        if (inputClosed && exchange != null) {
            exchange.inputClosed();
        }
    }

    /** The rest of a body that nobody wanted is gone. */
    void bodyDropped() {
        body = null;
        awaitRequest();
    }

    /** The rest of the body cannot be had: the application sees a disconnect, the client a 4xx if nothing was answered. */
    void bodyBroken(Violation violation) {
        if (state == State.DROPPING) {
            end();
            return;
        }
        var answered = response == null || response.isHeadWritten();
        var head = body == null ? null : body.head();
        abandon();
        if (answered) {
            cut();
        } else {
            refuse(violation, head);
        }
    }

    // ---- what the exchange wants, through its response

    /** The application waits for the request body. */
    void readBody() {
        if (state == State.SERVING && body != null && response != null) {
            body.wanted(response);
            afterRelease();
        }
    }

    /** The head of the response is about to be written: the last moment to announce that the connection closes. */
    void headStarts(Http1Response starting) {
        // Whether the client will send a body that it was not asked for is anybody's guess (RFC 9110 10.1.1).
        if (draining || (body != null && body.isContinueExpected())) {
            starting.closeAfterwards();
        }
    }

    /** The response is complete. */
    void responseEnded(Http1Response ended) {
        response = null;
        exchange = null;
        if (!ended.isKeepAlive()) {
            end();
        } else if (body != null) {
            state = State.DROPPING;
            body.drop();
            afterRelease();
        } else {
            awaitRequest();
        }
    }

    /** Sends what was written; with the answer to a request that came right behind this one's, if that is ready soon. */
    void flush(Http1Response flushing) {
        if (response == null || response == flushing) {
            flush();
        } else if (!flushPutOff) {
            flushPutOff = true;
            driver.exchanges().mailbox().putOff(this::flushAfterAll);
        }
    }

    private void flushAfterAll() {
        flushPutOff = false;
        flush();
    }

    private void flush() {
        channel.flush();
    }

    /** What was held back was decoded; if the client sends no more, that was all. */
    private void afterRelease() {
        if (inputClosed) {
            inputClosed();
        }
        readOn();
    }

    /** The response is cut off. */
    void cut() {
        response = null;
        exchange = null;
        body = null;
        state = State.ENDING;
        deadline.cancel();
        Ending.cut(channel);
    }

    // ---- the life of the connection

    private void awaitRequest() {
        state = State.IDLE;
        if (!channel.isWritable()) {
            // Answers to requests that nobody calls the application for would pile up behind one that nobody reads.
            reader.hold();
            deadline.clear();
            readOn();
            return;
        }
        deadline.set(draining ? settings.lateRequestTimeout() : settings.keepAliveTimeout(), this::end);
        reader.release();
        if (state == State.IDLE && inputClosed && !reader.isReading()) {
            end();
        }
        readOn();
    }

    private void headTooSlow() {
        refuse(new Violation(408, "RFC 9110 15.5.9", "The request did not arrive in time."), null);
    }

    /** Answers in the application's place and ends the connection. */
    private void refuse(Violation violation, @Nullable RequestHead head) {
        log(violation, head);
        LOG.debug("Refused a request of {}: {}", scopes.client(), violation);
        Refusal.write(channel, driver.encoder(), violation);
        end();
    }

    private void log(Violation violation, @Nullable RequestHead head) {
        var log = driver.exchanges().accessLog();
        if (head == null) {
            log.http(scopes.client(), AccessLog.UNKNOWN, AccessLog.UNKNOWN, AccessLog.UNKNOWN, violation.status());
        } else {
            log.http(scopes.client(), head.method(), head.target(), head.version(), violation.status());
        }
    }

    /** Gives what was not read to the handler behind. */
    private void passOn(ByteBuf rest) {
        if (rest.isReadable()) {
            var own = channel.pipeline().context(this);
            own.fireChannelRead(rest);
            own.fireChannelReadComplete();
        } else {
            rest.release();
        }
    }

    /** Ends the connection once everything written has been sent, so that the client can read it to its end. */
    void end() {
        if (state == State.ENDING) {
            return;
        }
        state = State.ENDING;
        body = null;
        deadline.cancel();
        Ending.lingering(channel, settings.lingeringSize(), settings.lingeringTimeout());
        // What was not read is dropped like what still comes.
        passOn(reader.end());
    }

    /** The client is gone for the application, and the application for the client. */
    private void abandon() {
        body = null;
        if (response != null) {
            response.discard();
            response = null;
        }
        if (exchange != null) {
            exchange.connectionLost();
            exchange = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (exchange != null) {
            exchange.writable(channel.isWritable());
        } else if (state == State.IDLE && reader.isHeld() && channel.isWritable()) {
            awaitRequest();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (state == State.ENDING) {
            ctx.fireUserEventTriggered(event);
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputClosed();
        } else if (event == ServerEvent.DRAINING) {
            draining = true;
            if (state == State.IDLE && !headBegun) {
                deadline.set(settings.lateRequestTimeout(), this::end);
            }
        }
    }

    /** The client sends nothing more. It may be gone, or wait for the answer to a request that is complete. */
    private void inputClosed() {
        inputClosed = true;
        switch (state) {
            case SERVING -> {
                if (exchange instanceof HttpExchange http && body == null) {
                    http.inputClosed();
                } else if (body == null || body.wantsInput()) {
                    abandon();
                    cut();
                }
            }
            case IDLE -> {
                if (!reader.isHeld()) {
                    end();
                }
            }
            case DROPPING -> {
                if (body == null || body.wantsInput()) {
                    end();
                }
            }
            case ENDING -> {}
        }
    }

    /** Another driver, or a WebSocket, has the connection. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        deadline.cancel();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reader.lose();
        state = State.ENDING;
        deadline.cancel();
        abandon();
        reader.end().release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("Connection lost", cause);
        } else {
            LOG.error("Closing a connection after an unexpected exception", cause);
        }
        channel.close();
    }
}
