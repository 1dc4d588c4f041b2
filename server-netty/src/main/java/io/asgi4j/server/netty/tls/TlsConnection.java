package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.spec.extension.Tls;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between TLS and a driver: hands the connection over when the handshake is done, and tells the driver of the
 * client's end in the words of a connection without TLS.
 *
 * <p>Owned by the connection's event loop.
 */
final class TlsConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TlsConnection.class);

    private final SslHandler tls;
    private final Duration handshakeTimeout;
    private final Function<SSLSession, Tls> describe;
    private final TlsServer.Next next;
    private @Nullable Future<?> deadline;
    private boolean established;
    private boolean draining;
    private boolean inputClosed;

    TlsConnection(SslHandler tls, Duration handshakeTimeout, Function<SSLSession, Tls> describe, TlsServer.Next next) {
        this.tls = tls;
        this.handshakeTimeout = handshakeTimeout;
        this.describe = describe;
        this.next = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        deadline =
                ctx.executor().schedule(() -> handshakeTooSlow(ctx), handshakeTimeout.toNanos(), TimeUnit.NANOSECONDS);
        ctx.read();
    }

    private void handshakeTooSlow(ChannelHandlerContext ctx) {
        LOG.debug("The TLS handshake of {} took too long", ctx.channel().remoteAddress());
        ctx.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent handshake -> {
                if (handshake.isSuccess()) {
                    established(ctx);
                } else {
                    LOG.debug(
                            "The TLS handshake of {} failed: {}",
                            ctx.channel().remoteAddress(),
                            reason(handshake.cause()));
                }
            }
            case SslCloseCompletionEvent close -> {
                if (close.isSuccess()) {
                    closedByClient(ctx);
                }
            }
            case ChannelInputShutdownEvent ignored -> inputClosed(ctx);
            default -> {
                if (established) {
                    ctx.fireUserEventTriggered(event);
                } else {
                    draining |= event == ServerEvent.DRAINING;
                }
            }
        }
    }

    private static String reason(Throwable cause) {
        // Netty's own message repeats all that came.
        return cause instanceof NotSslRecordException ? "what came is no TLS" : cause.toString();
    }

    private void established(ChannelHandlerContext ctx) {
        established = true;
        cancelDeadline();
        next.install(
                ctx.channel(),
                tls.applicationProtocol(),
                describe.apply(tls.engine().getSession()));
        ctx.fireChannelActive();
        if (draining) {
            ctx.fireUserEventTriggered(ServerEvent.DRAINING);
        }
    }

    /** The client's close_notify came: it is done with sending, and in TLS 1.3 it may go on reading (RFC 8446 6.1). */
    private void closedByClient(ChannelHandlerContext ctx) {
        if (tls.engine().isOutboundDone()) {
            ctx.close();
        } else {
            inputClosed(ctx);
        }
    }

    private void inputClosed(ChannelHandlerContext ctx) {
        if (!established) {
            ctx.close();
        } else if (!inputClosed) {
            inputClosed = true;
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
    }

    /** What is read together with the start of a second handshake may be asked by somebody else already. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isRenegotiating()) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!established) {
            return;
        }
        if (isRenegotiating()) {
            LOG.debug(
                    "Closing the connection of {}, which renegotiates",
                    ctx.channel().remoteAddress());
            ctx.close();
        } else {
            ctx.fireChannelReadComplete();
        }
    }

    /** A second handshake costs the server more than the client, and could change who the client is behind an exchange's back. */
    private boolean isRenegotiating() {
        var status = tls.engine().getHandshakeStatus();
        return status != HandshakeStatus.NOT_HANDSHAKING
                && !tls.engine().isInboundDone()
                && tls.engine().getSession().getProtocol().equals("TLSv1.2");
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelDeadline();
        ctx.fireChannelInactive();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!established) {
            // What was wrong with the handshake is logged already.
            ctx.close();
        } else if (cause instanceof SSLException || cause.getCause() instanceof SSLException) {
            LOG.debug("The TLS connection of {} broke: {}", ctx.channel().remoteAddress(), cause.getMessage());
            ctx.close();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }
}
