package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.websocket.Handshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1 connection: decides when to read, serves its requests one after the other, and knows when it ends.
 *
 * <p>Owned by the connection's event loop; all fields are its own. At most one request is under way; what the client sends
 * behind it waits undecoded, up to a bound, and then in the kernel.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);

    /** How long an idle connection stays open once the server stops: a request may be on its way already. */
    private static final long LATE_REQUESTS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Where the connection is in the life of its current request. */
    private enum State {
        /** No request is under way; a part of its head may have been received. */
        IDLE,
        /** The application runs, and the request body is not complete. */
        BODY,
        /** The application runs, and the whole request was received. */
        RESPONDING,
        /** The response is complete, and the rest of the request body is dropped. */
        DROPPING,
        /** Nothing is served any more. */
        ENDING
    }

    private final Http1Driver driver;
    private final Http1Settings settings;
    private final Channel channel;
    private final RequestDecoder decoder;
    private final ScopeFactory scopes;
    private final Deadline deadline;
    private final WriteStall writeStall;
    private State state = State.IDLE;
    /** The call under way and its answer; both or neither. */
    private @Nullable Exchange exchange;

    private @Nullable Http1Response response;
    /** How many fields the head of the request under way had; its trailers share their limit. */
    private int headFields;

    private boolean continueExpected;
    private boolean bodyPaused;
    private boolean headBegun;
    private boolean inputClosed;
    private boolean draining;
    private int dropped;

    Http1Connection(Http1Driver driver, Channel channel, RequestDecoder decoder) {
        this.driver = driver;
        this.settings = driver.settings();
        this.channel = channel;
        this.decoder = decoder;
        this.scopes = driver.scopes(channel);
        this.deadline = new Deadline(channel.eventLoop());
        this.writeStall = new WriteStall(channel, settings.writeTimeout());
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
        try {
            if (message instanceof HttpRequest request && state == State.IDLE) {
                request(request);
            }
            if (message instanceof HttpContent content) {
                content(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state == State.ENDING) {
            ctx.fireChannelReadComplete();
            return;
        }
        if (state == State.IDLE && !headBegun && decoder.isWithinHead()) {
            headBegun = true;
            deadline.set(settings.headerTimeout(), this::headTooSlow);
        }
        readOn();
    }

    private void readOn() {
        var wanted =
                switch (state) {
                    case IDLE, DROPPING -> true;
                    case BODY -> !bodyPaused;
                    // Reading behind the request finds out whether the client is still there.
                    case RESPONDING -> decoder.buffered() < settings.readAhead();
                    case ENDING -> false;
                };
        if (wanted && !inputClosed) {
            channel.read();
        }
    }

    private void request(HttpRequest request) {
        headBegun = false;
        deadline.clear();
        RequestTarget target;
        try {
            target = driver.check().check(request);
        } catch (Violation.Found found) {
            refuse(found.violation());
            return;
        }
        if (request.headers().contains(HttpHeaderNames.UPGRADE) && upgrade(request, target)) {
            return;
        }
        headFields = request.headers().size();
        var http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        continueExpected = !http10 && request.headers().contains(HttpHeaderNames.EXPECT) && hasBody(request);
        var answer =
                new Http1Response(this, channel, driver.encoder(), http10, !draining && HttpUtil.isKeepAlive(request));
        var started = new HttpExchange(
                driver.exchanges(), answer, connection -> scopes.http(request, target, connection), continueExpected);
        begin(started, answer);
        if (hasBody(request)) {
            state = State.BODY;
            bodyPaused = false;
            awaitBody();
        } else {
            bodyReceived(started, null);
        }
        driver.runner().run(channel.eventLoop(), started);
    }

    private void begin(Exchange started, Http1Response answer) {
        exchange = started;
        response = answer;
        if (!channel.isWritable()) {
            started.writable(false);
        }
    }

    /** Starts a WebSocket's handshake, or refuses it; returns whether the request asks for one. */
    private boolean upgrade(HttpRequest request, RequestTarget target) {
        var fields = new RequestFields(request.headers());
        if (!Handshake.isRequested(request.protocolVersion().equals(HttpVersion.HTTP_1_0) ? "1.0" : "1.1", fields)) {
            return false;
        }
        switch (Handshake.ofUpgrade(request.method().name(), fields)) {
            case Handshake.Refusal refusal ->
                refuse(new Violation(refusal.status(), refusal.section(), refusal.message(), refusal.headers()));
            case Handshake.Offer offer -> {
                var denial = new Http1Response(this, channel, driver.encoder(), false, false);
                var webSocket = new Http1WebSocket(
                        this,
                        driver,
                        channel,
                        offer,
                        denial,
                        connection -> scopes.webSocket(target, fields, offer.subprotocols(), connection));
                begin(webSocket.exchange(), denial);
                state = State.RESPONDING;
                decoder.hold();
                driver.runner().run(channel.eventLoop(), webSocket.exchange());
            }
        }
        return true;
    }

    /** The handshake is complete: the connection is the WebSocket's from now on. */
    void handOver(Http1WebSocket webSocket) {
        state = State.ENDING;
        exchange = null;
        response = null;
        deadline.cancel();
        writeStall.cancel();
        var pipeline = channel.pipeline();
        pipeline.addLast(webSocket);
        pipeline.remove(this);
        pipeline.remove(decoder);
    }

    boolean isDraining() {
        return draining;
    }

    private static boolean hasBody(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || HttpUtil.getContentLength(request, 0L) > 0;
    }

    private void content(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            bodyBroken(RequestCheck.undecodable(content.decoderResult().cause()));
        } else if (state == State.BODY && exchange instanceof HttpExchange receiver) {
            bodyPart(receiver, content);
        } else if (state == State.DROPPING) {
            drop(content);
        }
    }

    private void bodyPart(HttpExchange receiver, HttpContent content) {
        if (content.content().isReadable()) {
            continueExpected = false;
            if (receiver.bodyPart(content.content())) {
                awaitBody();
            } else {
                bodyPaused = true;
                decoder.hold();
                deadline.clear();
            }
        }
        if (content instanceof LastHttpContent last) {
            try {
                driver.check().requireCount(headFields + last.trailingHeaders().size());
            } catch (Violation.Found found) {
                bodyBroken(found.violation());
                return;
            }
            bodyReceived(receiver, last.trailingHeaders().isEmpty() ? null : new RequestFields(last.trailingHeaders()));
        }
    }

    private void bodyReceived(HttpExchange receiver, @Nullable RequestFields trailers) {
        state = State.RESPONDING;
        continueExpected = false;
        decoder.hold();
        deadline.clear();
        receiver.bodyEnd(trailers);
        if (inputClosed) {
            receiver.inputClosed();
        }
    }

    private void awaitBody() {
        deadline.set(
                settings.bodyTimeout(),
                () -> bodyBroken(new Violation(408, "RFC 9110 15.5.9", "The request body did not arrive in time.")));
    }

    /** The rest of the body cannot be had: the application sees a disconnect, the client a 4xx if nothing was answered. */
    private void bodyBroken(Violation violation) {
        var answered = response == null || response.isHeadWritten();
        abandon();
        if (answered) {
            channel.close();
        } else {
            refuse(violation);
        }
    }

    private void drop(HttpContent content) {
        dropped += content.content().readableBytes();
        if (content instanceof LastHttpContent) {
            awaitRequest();
        } else if (dropped > settings.maxUnreadBody()) {
            end();
        }
    }

    // ---- what the exchange wants, through its response

    /** The application waits for the request body. */
    void readBody() {
        if (state != State.BODY || response == null) {
            return;
        }
        if (continueExpected && !response.isHeadWritten()) {
            continueExpected = false;
            response.continued();
        }
        if (bodyPaused) {
            bodyPaused = false;
            awaitBody();
            release();
            if (inputClosed) {
                inputClosed();
            }
        }
        readOn();
    }

    /** The head of the response is about to be written: the last moment to announce that the connection closes. */
    void headStarts(Http1Response starting) {
        // Whether the client will send a body that it was not asked for is anybody's guess (RFC 9110 10.1.1).
        if (draining || continueExpected) {
            starting.closeAfterwards();
        }
    }

    /** The response is complete. */
    void responseEnded(Http1Response ended) {
        var bodyOpen = state == State.BODY;
        response = null;
        exchange = null;
        if (!ended.isKeepAlive()) {
            end();
        } else if (bodyOpen) {
            state = State.DROPPING;
            dropped = 0;
            deadline.set(settings.bodyTimeout(), this::end);
            release();
            readOn();
        } else {
            awaitRequest();
        }
    }

    /** The response is cut off. */
    void cut() {
        response = null;
        exchange = null;
        state = State.ENDING;
        Ending.afterFlush(channel);
    }

    // ---- the life of the connection

    private void awaitRequest() {
        state = State.IDLE;
        deadline.set(draining ? LATE_REQUESTS : settings.keepAliveTimeout(), this::end);
        release();
        if (state == State.IDLE && inputClosed) {
            end();
        }
        readOn();
    }

    private void release() {
        try {
            decoder.release(channel.pipeline().context(decoder));
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void headTooSlow() {
        refuse(new Violation(408, "RFC 9110 15.5.9", "The request did not arrive in time."));
    }

    /** Answers in the application's place and ends the connection. */
    private void refuse(Violation violation) {
        driver.exchanges()
                .accessLog()
                .http(scopes.client(), AccessLog.UNKNOWN, AccessLog.UNKNOWN, AccessLog.UNKNOWN, violation.status());
        LOG.debug("Refused a request of {}: {}", scopes.client(), violation);
        Refusal.write(channel, driver.encoder(), violation);
        end();
    }

    /** Ends the connection once everything written has been sent, so that the client can read it to its end. */
    private void end() {
        if (state == State.ENDING) {
            return;
        }
        state = State.ENDING;
        deadline.cancel();
        // What the decoder holds passes through here and is dropped like what still comes.
        Ending.lingering(channel, settings);
        channel.pipeline().remove(decoder);
    }

    /** The client is gone for the application, and the application for the client. */
    private void abandon() {
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
        writeStall.writabilityChanged();
        if (exchange != null) {
            exchange.writable(channel.isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputClosed();
        } else if (event == ServerEvent.DRAINING) {
            draining = true;
            if (state == State.IDLE && !headBegun) {
                deadline.set(LATE_REQUESTS, this::end);
            }
        }
    }

    /** The client sends nothing more. It may be gone, or wait for the answer to a request that is complete. */
    private void inputClosed() {
        inputClosed = true;
        switch (state) {
            case RESPONDING -> {
                if (exchange instanceof HttpExchange http) {
                    http.inputClosed();
                } else {
                    abandon();
                    channel.close();
                }
            }
            case BODY -> {
                if (!bodyPaused) {
                    abandon();
                    channel.close();
                }
            }
            case IDLE, DROPPING, ENDING -> channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        state = State.ENDING;
        deadline.cancel();
        writeStall.cancel();
        abandon();
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
