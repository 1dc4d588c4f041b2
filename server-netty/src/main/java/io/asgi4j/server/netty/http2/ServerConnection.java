package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.http.Deadline;
import io.asgi4j.server.netty.http.Ending;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.loop.RateLimit;
import io.asgi4j.spec.extension.Tls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/2 connection: lets applications run for its requests, waits for its client so long as it may, and ends.
 *
 * <p>Owned by the connection's event loop; all fields are its own, but for {@code running}.
 */
final class ServerConnection extends Http2ConnectionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private static final long RESETS = TimeUnit.SECONDS.toNanos(Http2Limits.RESET_SECONDS);

    private final Http2Driver driver;
    private final Channel channel;
    private final ScopeFactory scopes;
    private final Streams streams;
    private final FrameMeter meter;
    /** Resets that the client made necessary. */
    private final RateLimit provoked;

    private final FrameOutput output;
    private final Deadline idle;
    private final Deadline head;
    /** Calls of the application that have not ended; counted down by the applications' threads. */
    private final AtomicInteger running = new AtomicInteger();

    private @Nullable ChannelHandlerContext context;

    private boolean headAwaited;
    private boolean draining;
    private boolean inputClosed;
    private boolean ending;

    ServerConnection(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            Http2Driver driver,
            Channel channel,
            @Nullable Tls tls) {
        super(decoder, encoder, settings, true);
        this.driver = driver;
        this.channel = channel;
        this.scopes = driver.scopes(channel, tls);
        this.streams = new Streams(this, scopes);
        this.meter = new FrameMeter(driver.limits().controlFrames(), driver.clock()::nanoTime);
        this.provoked = new RateLimit(driver.limits().resets(), RESETS, driver.clock()::nanoTime);
        this.output = new FrameOutput(this, streams);
        this.idle = newDeadline();
        this.head = newDeadline();
        decoder.frameListener(streams);
        connection().addListener(streams);
    }

    static ServerConnection create(Http2Driver driver, Channel channel, @Nullable Tls tls) {
        return new ServerConnectionBuilder(driver, channel, tls).build();
    }

    Http2Driver driver() {
        return driver;
    }

    Http2Limits limits() {
        return driver.limits();
    }

    Channel channel() {
        return channel;
    }

    Deadline newDeadline() {
        return new Deadline(channel.eventLoop(), driver.clock()::nanoTime);
    }

    FrameOutput output() {
        return output;
    }

    /** Where frames begin their way out; once the handler is in the pipeline. */
    ChannelHandlerContext context() {
        var here = context;
        if (here == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return here;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        openWindow();
        awaitHead();
        idle.set(limits().keepAliveTimeout(), this::end);
    }

    /** The connection's window is not a setting (RFC 9113 6.9.2). */
    private void openWindow() throws Http2Exception {
        var stream = connection().connectionStream();
        var flow = decoder().flowController();
        flow.incrementWindowSize(stream, limits().connectionWindow() - flow.windowSize(stream));
        context().flush();
    }

    // ---- what the client sends

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        assert channel.eventLoop().inEventLoop();
        if (ending) {
            ctx.fireChannelRead(message);
            return;
        }
        var bytes = (ByteBuf) message;
        if (meter.see(bytes)) {
            super.channelRead(ctx, bytes);
        } else {
            bytes.release();
            onError(
                    ctx,
                    false,
                    Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "Too many control frames"));
        }
        awaitHead();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (ending) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(ctx, in, out);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        super.channelReadComplete(ctx);
        output.flushed();
    }

    private void awaitHead() {
        if (ending || meter.isHeadOpen() == headAwaited) {
            return;
        }
        headAwaited = !headAwaited;
        if (headAwaited) {
            head.set(limits().headerTimeout(), this::headTooSlow);
        } else {
            head.clear();
        }
    }

    private void headTooSlow() {
        log(AccessLog.UNKNOWN, AccessLog.UNKNOWN, 408);
        end(Http2Error.PROTOCOL_ERROR, "The request did not arrive in time");
    }

    /** Takes an application's call for which there is room. */
    boolean mayRun() {
        return running.get() < limits().streams();
    }

    /** The client took data, which it may answer by control frames. */
    void dataSent() {
        meter.dataSent();
    }

    void run(Call call) {
        running.incrementAndGet();
        driver.runner().run(call.exchange(), running::decrementAndGet);
    }

    // ---- requests that no application answers

    /** Answers in the application's place. */
    void refuse(StreamOutput output, Violation violation, boolean bodiless) {
        LOG.debug("Refused a request of {}: {}", scopes.client(), violation);
        var text = (violation.message() + " (" + violation.rule() + ")\n").getBytes(StandardCharsets.US_ASCII);
        output.headers(driver.fields().of(violation, text.length), bodiless);
        output.data(Unpooled.wrappedBuffer(text), true);
        output.push();
    }

    /** Writes a line about a request that no application saw. */
    void log(String method, String target, int status) {
        driver.exchanges().accessLog().http(scopes.client(), method, target, "2", status);
    }

    // ---- the life of the connection

    void streamOpened() {
        if (!draining) {
            idle.clear();
        }
    }

    void streamClosed() {
        if (connection().numActiveStreams() > 0 || ending) {
            return;
        }
        if (inputClosed || (draining && connection().remote().lastStreamKnownByPeer() < Integer.MAX_VALUE)) {
            end();
        } else if (!draining) {
            idle.set(limits().keepAliveTimeout(), this::end);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (ending) {
            ctx.fireUserEventTriggered(event);
        } else if (event instanceof ChannelInputShutdownEvent) {
            inputClosed = true;
            streams.calls().forEach(Call::inputClosed);
            streamClosed();
        } else if (event == ServerEvent.DRAINING) {
            drain(ctx);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    /** Announces the end, waits for requests that are on their way, and says then which were the last (RFC 9113 6.8). */
    private void drain(ChannelHandlerContext ctx) {
        if (draining) {
            return;
        }
        draining = true;
        goAway(ctx, Integer.MAX_VALUE, Http2Error.NO_ERROR.code(), Unpooled.EMPTY_BUFFER, ctx.newPromise());
        output.flush();
        streams.calls().forEach(Call::draining);
        idle.cancel();
        idle.set(limits().lateRequestTimeout(), this::lastStreams);
    }

    private void lastStreams() {
        if (connection().numActiveStreams() == 0) {
            end();
            return;
        }
        goAway(
                context(),
                connection().remote().lastStreamCreated(),
                Http2Error.NO_ERROR.code(),
                Unpooled.EMPTY_BUFFER,
                context().newPromise());
        output.flush();
    }

    private void end() {
        end(Http2Error.NO_ERROR, "");
    }

    /** Says why, and ends the connection so that the client can read it. */
    private void end(Http2Error error, String reason) {
        if (ending) {
            return;
        }
        ending = true;
        idle.cancel();
        head.cancel();
        output.cancel();
        var ctx = context();
        frameWriter()
                .writeGoAway(
                        ctx,
                        connection().remote().lastStreamCreated(),
                        error.code(),
                        ByteBufUtil.writeAscii(ctx.alloc(), reason),
                        ctx.newPromise());
        streams.closeAll();
        Ending.lingering(channel, limits().lingeringSize(), limits().lingeringTimeout());
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        if (cause instanceof IOException) {
            LOG.debug("Connection lost", cause);
            channel.close();
        } else if (error == null) {
            LOG.error("Closing a connection after an unexpected exception", cause);
            end(Http2Error.INTERNAL_ERROR, "");
        } else {
            LOG.debug("Closing a connection of {}", scopes.client(), cause);
            end(error.error(), String.valueOf(error.getMessage()));
        }
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        LOG.debug("Resetting a stream of {}", scopes.client(), cause);
        if (outbound) {
            super.onStreamError(ctx, outbound, cause, error);
        } else {
            switch (streams.judge(error)) {
                case IGNORED -> {}
                case STREAM_CLOSED -> {
                    output.reset(error.streamId(), Http2Error.STREAM_CLOSED);
                    provoked();
                }
                case STREAM -> {
                    super.onStreamError(ctx, outbound, cause, error);
                    provoked();
                }
                case CONNECTION -> end(error.error(), String.valueOf(error.getMessage()));
            }
        }
    }

    /** The client made the server reset a stream, which frees it while its application runs (CVE-2025-8671). */
    private void provoked() {
        if (!provoked.count()) {
            end(Http2Error.ENHANCE_YOUR_CALM, "Too many streams had to be reset");
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        ending = true;
        idle.cancel();
        head.cancel();
        output.cancel();
        super.channelInactive(ctx);
        streams.closeAll();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof IOException) {
            LOG.debug("Connection lost", cause);
        } else {
            LOG.error("Closing a connection after an unexpected exception", cause);
        }
        channel.close();
    }

    boolean isDraining() {
        return draining;
    }
}
