package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.HttpStream;
import io.asgi4j.server.netty.exchange.WebSocketExchange;
import io.asgi4j.server.netty.exchange.WebSocketStream;
import io.asgi4j.server.netty.http.Fields;
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
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket on one stream (RFC 8441): a handshake that waits for the application, and then messages in DATA frames.
 *
 * <p>Owned by the connection's event loop. What comes before the application accepts waits in the stream's window.
 */
final class WebSocketCall implements Call, WebSocketStream, WebSocketListener, Http2Response.Owner {
    private static final int OK = 200;

    private final ServerConnection connection;
    private final int id;
    private final Handshake.Offer offer;
    private final StreamOutput output;
    private final Http2Response denial;
    private final @Nullable PerMessageDeflate deflate;
    private final WebSocketExchange exchange;
    private final ByteBuf early;
    private @Nullable WebSocketConnection socket;
    /** Octets for which the client's window was not opened again. */
    private int withheld;

    private boolean inputClosed;
    private boolean ended;

    WebSocketCall(
            ServerConnection connection, int id, Handshake.Offer offer, Function<Connection, WebSocketScope> scope) {
        this.connection = connection;
        this.id = id;
        this.offer = offer;
        this.output = new StreamOutput(connection.output(), id, this::writable);
        this.denial = new Http2Response(
                this, output, connection.driver().fields(), connection.channel().alloc());
        this.deflate = PerMessageDeflate.negotiate(
                offer.extensions(), connection.driver().webSockets());
        this.early = connection.channel().alloc().buffer(0, connection.limits().readAhead());
        this.exchange = new WebSocketExchange(connection.driver().webSocketExchanges(), this, scope);
    }

    private void writable(boolean writable) {
        if (!writable) {
            exchange.writable(false);
        } else if (socket == null) {
            exchange.writable(true);
        } else {
            socket.writabilityChanged();
        }
    }

    @Override
    public WebSocketExchange exchange() {
        return exchange;
    }

    @Override
    public StreamOutput output() {
        return output;
    }

    // ---- what the exchange wants

    @Override
    public void accept(@Nullable String subprotocol, Headers headers) {
        output.headers(connection.driver().fields().accepted(OK, offer.accept(subprotocol, deflate, headers)), false);
        var opened = new WebSocketConnection(new Pipe(), connection.driver().webSockets(), deflate, this);
        socket = opened;
        opened.start();
        if (early.isReadable()) {
            opened.read(early.readBytes(early.readableBytes()));
            opened.readComplete();
        }
        if (inputClosed) {
            opened.inputClosed();
        }
        if (connection.isDraining()) {
            closeForRestart(opened);
        }
    }

    private void closeForRestart(WebSocketConnection open) {
        connection.driver().webSocketExchanges().whenDraining(() -> open.close(CloseCode.SERVICE_RESTART, ""));
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
            output.reset(Http2Error.INTERNAL_ERROR);
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
            socket.flush();
            output.flush();
        }
    }

    @Override
    public void readBody() {
        // A handshake has no body.
    }

    @Override
    public void responseEnded() {
        if (!inputClosed) {
            output.afterEnd(() -> output.reset(Http2Error.NO_ERROR));
        }
    }

    // ---- what the client sends

    @Override
    public int data(ByteBuf data) {
        var size = data.readableBytes();
        if (ended || denial.isOver()) {
            return size;
        }
        withheld += size;
        if (socket == null) {
            early.writeBytes(data);
        } else {
            socket.read(data.retain());
            socket.readComplete();
        }
        return 0;
    }

    @Override
    public void end(Fields trailers) {
        inputClosed = true;
        if (socket != null) {
            if (!ended) {
                exchange.inputClosed();
            }
            socket.inputClosed();
        } else if (!denial.isOver()) {
            exchange.inputClosed();
        }
    }

    @Override
    public void inputClosed() {
        end(Fields.none());
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
    public void onWritable() {
        exchange.writable(true);
    }

    @Override
    public void onClosed(int code, String reason) {
        exchange.closed(code, reason);
    }

    @Override
    public void draining() {
        if (socket != null) {
            closeForRestart(socket);
        }
    }

    @Override
    public void closed() {
        output.closed();
        denial.closed();
        early.release();
        inputClosed = true;
        if (socket != null) {
            if (!ended) {
                exchange.connectionLost();
            }
            socket.inputClosed();
        } else if (!denial.isOver()) {
            denial.discard();
            exchange.connectionLost();
        }
    }

    /** The stream as a pipe of bytes. */
    private final class Pipe implements BytePipe {
        @Override
        public void write(ByteBuf bytes) {
            output.data(bytes, false);
        }

        @Override
        public void flush() {
            output.flush();
        }

        @Override
        public void read() {
            var taken = withheld;
            withheld = 0;
            connection.output().consumed(id, taken);
        }

        @Override
        public void close() {
            ended = true;
            output.data(Unpooled.EMPTY_BUFFER, true);
            output.flush();
            read();
        }

        @Override
        public void abort() {
            ended = true;
            output.reset(Http2Error.CANCEL);
        }

        @Override
        public boolean isWritable() {
            return output.isWritable();
        }

        @Override
        public EventExecutor executor() {
            return connection.channel().eventLoop();
        }

        @Override
        public ByteBufAllocator alloc() {
            return connection.channel().alloc();
        }
    }
}
