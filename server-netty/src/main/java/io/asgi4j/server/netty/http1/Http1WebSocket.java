package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.HttpStream;
import io.asgi4j.server.netty.exchange.ServerEvent;
import io.asgi4j.server.netty.exchange.WebSocketExchange;
import io.asgi4j.server.netty.exchange.WebSocketStream;
import io.asgi4j.server.netty.http.Ending;
import io.asgi4j.server.netty.websocket.BytePipe;
import io.asgi4j.server.netty.websocket.CloseCode;
import io.asgi4j.server.netty.websocket.Handshake;
import io.asgi4j.server.netty.websocket.PerMessageDeflate;
import io.asgi4j.server.netty.websocket.WebSocketConnection;
import io.asgi4j.server.netty.websocket.WebSocketListener;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.WebSocketScope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket over HTTP/1.1: a handshake that waits for the application, and then the connection's last handler.
 *
 * <p>Owned by the connection's event loop. Until the application accepts, the {@link Http1Connection} stays in charge, and
 * an answer by HTTP is its business.
 */
final class Http1WebSocket extends ChannelInboundHandlerAdapter implements WebSocketStream, WebSocketListener {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int HEAD_CAPACITY = 512;

    private final Http1Connection connection;
    private final Http1Driver driver;
    private final Channel channel;
    private final Handshake.Offer offer;
    private final Http1Response denial;
    private final @Nullable PerMessageDeflate deflate;
    private final WebSocketExchange exchange;
    private @Nullable WebSocketConnection socket;
    private boolean ending;

    Http1WebSocket(
            Http1Connection connection,
            Http1Driver driver,
            Channel channel,
            Handshake.Offer offer,
            Http1Response denial,
            Function<Connection, WebSocketScope> scope) {
        this.connection = connection;
        this.driver = driver;
        this.channel = channel;
        this.offer = offer;
        this.denial = denial;
        this.deflate = PerMessageDeflate.negotiate(offer.extensions(), driver.webSockets());
        this.exchange = new WebSocketExchange(driver.exchanges(), this, scope);
    }

    WebSocketExchange exchange() {
        return exchange;
    }

    // ---- what the exchange wants

    @Override
    public void accept(@Nullable String subprotocol, Headers headers) {
        assert channel.eventLoop().inEventLoop();
        writeHead(offer.accept(subprotocol, deflate, headers));
        var opened = new WebSocketConnection(new Pipe(), driver.webSockets(), deflate, this);
        socket = opened;
        opened.start();
        // Frames that came early wait in the decoder, and come here when it goes; the first may be a Close frame.
        connection.handOver(this);
        if (connection.isDraining()) {
            closeForRestart(opened);
        }
    }

    private void closeForRestart(WebSocketConnection open) {
        driver.exchanges().whenDraining(() -> open.close(CloseCode.SERVICE_RESTART, ""));
    }

    private void writeHead(Headers fields) {
        var encoder = driver.encoder();
        encoder.status(SWITCHING_PROTOCOLS);
        for (var field : fields) {
            encoder.field(field);
        }
        encoder.own(fields.contains("date"), fields.contains("server"));
        var out = channel.alloc().ioBuffer(HEAD_CAPACITY);
        encoder.end(out);
        channel.write(out, channel.voidPromise());
    }

    @Override
    public HttpStream denial() {
        return denial;
    }

    @Override
    public void text(String text) {
        if (socket != null) {
            socket.sendText(text);
        }
    }

    @Override
    public void binary(ByteBuffer bytes) {
        if (socket != null) {
            socket.sendBinary(bytes);
        }
    }

    @Override
    public void close(int code, String reason) {
        if (socket != null) {
            socket.close(code, reason);
        } else {
            // The handshake failed halfway: there is nobody to tell a code to.
            channel.close();
        }
    }

    @Override
    public void resume() {
        if (socket != null) {
            socket.resume();
        }
    }

    @Override
    public void flush() {
        if (socket == null) {
            denial.flush();
        } else {
            channel.flush();
        }
    }

    // ---- what the client sends

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (socket != null && !ending) {
            socket.read((ByteBuf) message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (socket != null && !ending) {
            socket.readComplete();
        } else {
            ctx.fireChannelReadComplete();
        }
    }

    @Override
    public void onText(String text) {
        if (!exchange.text(text) && socket != null) {
            socket.pause();
        }
    }

    @Override
    public void onBinary(ByteBuffer bytes) {
        if (!exchange.binary(bytes) && socket != null) {
            socket.pause();
        }
    }

    @Override
    public void onClosed(int code, String reason) {
        exchange.closed(code, reason);
    }

    // ---- what happens to the connection

    @Override
    public void onWritable() {
        exchange.writable(true);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!channel.isWritable()) {
            exchange.writable(false);
        }
        if (socket != null) {
            socket.writabilityChanged();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (socket == null || ending) {
            ctx.fireUserEventTriggered(event);
        } else if (event instanceof ChannelInputShutdownEvent) {
            exchange.inputClosed();
            socket.inputClosed();
        } else if (event == ServerEvent.DRAINING) {
            closeForRestart(socket);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        exchange.connectionLost();
        if (socket != null) {
            socket.inputClosed();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        connection.exceptionCaught(ctx, cause);
    }

    /** The connection as a pipe of bytes. */
    private final class Pipe implements BytePipe {
        @Override
        public void write(ByteBuf bytes) {
            channel.write(bytes, channel.voidPromise());
        }

        @Override
        public void flush() {
            channel.flush();
        }

        @Override
        public void read() {
            channel.read();
        }

        @Override
        public void close() {
            ending = true;
            Ending.lingering(
                    channel,
                    driver.settings().lingeringSize(),
                    driver.settings().lingeringTimeout());
        }

        @Override
        public void abort() {
            Ending.atOnce(channel);
        }

        @Override
        public boolean isWritable() {
            return channel.isWritable();
        }

        @Override
        public EventExecutor executor() {
            return channel.eventLoop();
        }

        @Override
        public ByteBufAllocator alloc() {
            return channel.alloc();
        }
    }
}
