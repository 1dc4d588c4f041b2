package io.asgi4j.benchmarks.server;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.Transfer;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.Options;

/** Undertow, on its IO threads but for what blocks, which has worker threads. */
public final class UndertowPeer {
    /** Its default is meant for a processor's work; code that waits needs as many as there are requests at once. */
    private static final int WORKERS = 256;

    private static final ByteBuffer HELLO = ByteBuffer.allocateDirect(Answers.HELLO.length())
            .put(Answers.hello())
            .flip();
    private static final ByteBuffer CHUNK = ByteBuffer.allocateDirect(Answers.chunk().length)
            .put(Answers.chunk())
            .flip();
    private static final String HELLO_LENGTH = Integer.toString(Answers.HELLO.length());

    private final Path file;

    private UndertowPeer(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) {
        var parsed = Arguments.of(arguments);
        var peer = new UndertowPeer(parsed.file());
        Undertow.builder()
                .addHttpListener(parsed.port(), Arguments.HOST)
                .setIoThreads(parsed.loops())
                .setWorkerThreads(WORKERS)
                .setServerOption(UndertowOptions.ALWAYS_SET_KEEP_ALIVE, false)
                .setServerOption(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                .setSocketOption(Options.BACKLOG, 2048)
                .setHandler(Handlers.path()
                        .addExactPath("/hello", UndertowPeer::hello)
                        .addExactPath("/json", UndertowPeer::json)
                        .addExactPath("/echo", UndertowPeer::echo)
                        .addExactPath("/stream", UndertowPeer::stream)
                        .addExactPath("/file", peer::file)
                        .addExactPath("/block", new BlockingHandler(UndertowPeer::block))
                        .addExactPath("/ws", webSocket(new Echo()))
                        .addExactPath("/broadcast", webSocket(new Room())))
                .build()
                .start();
    }

    private static WebSocketProtocolHandshakeHandler webSocket(AbstractReceiveListener listener) {
        return Handlers.websocket((exchange, channel) -> {
                    channel.getReceiveSetter().set(listener);
                    channel.resumeReceives();
                })
                .addExtension(new PerMessageDeflateHandshake());
    }

    private static void fields(HttpServerExchange exchange, String type) {
        exchange.getResponseHeaders().put(Headers.SERVER, "undertow").put(Headers.CONTENT_TYPE, type);
    }

    private static void hello(HttpServerExchange exchange) {
        fields(exchange, Answers.TEXT);
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, HELLO_LENGTH);
        exchange.getResponseSender().send(HELLO.duplicate());
    }

    private static void json(HttpServerExchange exchange) {
        var language = exchange.getRequestHeaders().getFirst(Headers.ACCEPT_LANGUAGE);
        fields(exchange, Answers.JSON);
        exchange.getResponseSender().send(Answers.json(language == null ? "" : language));
    }

    private static void echo(HttpServerExchange exchange) {
        fields(exchange, Answers.BINARY);
        var length = exchange.getRequestContentLength();
        if (length >= 0) {
            exchange.setResponseContentLength(length);
        }
        exchange.dispatch(
                exchange.getIoThread(),
                () -> Transfer.initiateTransfer(
                        exchange.getRequestChannel(),
                        exchange.getResponseChannel(),
                        ChannelListeners.closingChannelListener(),
                        ChannelListeners.flushingChannelListener(
                                flushed -> exchange.endExchange(), (channel, failure) -> exchange.endExchange()),
                        (channel, failure) -> IoUtils.safeClose(exchange.getConnection()),
                        (channel, failure) -> IoUtils.safeClose(exchange.getConnection()),
                        exchange.getConnection().getByteBufferPool()));
    }

    private static void stream(HttpServerExchange exchange) {
        fields(exchange, Answers.TEXT);
        exchange.getResponseSender().send(CHUNK.duplicate(), new Chunks());
    }

    private void file(HttpServerExchange exchange) throws IOException {
        fields(exchange, Answers.BINARY);
        var content = FileChannel.open(file);
        exchange.addExchangeCompleteListener((done, next) -> {
            IoUtils.safeClose(content);
            next.proceed();
        });
        exchange.setResponseContentLength(content.size());
        exchange.getResponseSender().transferFrom(content, IoCallback.END_EXCHANGE);
    }

    private static void block(HttpServerExchange exchange) throws InterruptedException {
        Thread.sleep(Answers.BLOCK);
        hello(exchange);
    }

    /** Sends the next chunk when the one before was written. */
    private static final class Chunks implements IoCallback {
        private int sent = 1;

        @Override
        public void onComplete(HttpServerExchange exchange, Sender sender) {
            sent++;
            sender.send(CHUNK.duplicate(), sent < Answers.CHUNKS ? this : IoCallback.END_EXCHANGE);
        }

        @Override
        public void onException(HttpServerExchange exchange, Sender sender, IOException failure) {
            IoUtils.safeClose(exchange.getConnection());
        }
    }

    private static final class Echo extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            WebSockets.sendText(message.getData(), channel, null);
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            var bytes = message.getData();
            WebSockets.sendBinary(bytes.getResource(), channel, new Release(), bytes::free);
        }
    }

    private static final class Room extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            var text = message.getData();
            channel.getPeerConnections().forEach(member -> WebSockets.sendText(text, member, null));
        }

        @Override
        protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
            var bytes = message.getData();
            var copy = WebSockets.mergeBuffers(bytes.getResource());
            bytes.free();
            channel.getPeerConnections().forEach(member -> WebSockets.sendBinary(copy.duplicate(), member, null));
        }
    }

    /** Gives buffers back once they were sent, or cannot be. */
    private static final class Release implements WebSocketCallback<Runnable> {
        @Override
        public void complete(WebSocketChannel channel, Runnable release) {
            release.run();
        }

        @Override
        public void onError(WebSocketChannel channel, Runnable release, Throwable failure) {
            release.run();
        }
    }
}
