package io.asgi4j.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** Jetty's core without servlets; its handlers run on virtual threads. */
public final class JettyPeer extends Handler.Abstract {
    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Answers.TEXT);
    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Answers.JSON);
    private static final HttpField BINARY = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, Answers.BINARY);
    private static final ByteBuffer HELLO = ByteBuffer.wrap(Answers.hello()).asReadOnlyBuffer();
    private static final HttpField HELLO_LENGTH =
            new PreEncodedHttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(Answers.HELLO.length()));
    private static final ByteBuffer CHUNK = ByteBuffer.wrap(Answers.chunk()).asReadOnlyBuffer();
    private static final int FILE_BUFFER = 64 * 1024;

    private final Path file;

    private JettyPeer(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) throws Exception {
        var parsed = Arguments.of(arguments);
        var threads = new QueuedThreadPool();
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        var server = new Server(threads);
        var configuration = new HttpConfiguration();
        configuration.setSendServerVersion(true);
        configuration.setSendDateHeader(true);
        var connector = new ServerConnector(server, 1, parsed.loops(), new HttpConnectionFactory(configuration));
        connector.setHost(Arguments.HOST);
        connector.setPort(parsed.port());
        connector.setAcceptQueueSize(2048);
        server.addConnector(connector);
        var webSockets = WebSocketUpgradeHandler.from(server, JettyPeer::configure);
        webSockets.setHandler(new JettyPeer(parsed.file()));
        server.setHandler(webSockets);
        server.start();
        server.join();
    }

    private static void configure(ServerWebSocketContainer container) {
        container.setMaxTextMessageSize(Answers.MAX_MESSAGE);
        container.setMaxBinaryMessageSize(Answers.MAX_MESSAGE);
        var members = ConcurrentHashMap.<Session>newKeySet();
        container.addMapping("/ws", (request, response, callback) -> new JettyEcho());
        container.addMapping("/broadcast", (request, response, callback) -> new JettyMember(members));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        switch (Request.getPathInContext(request)) {
            case "/hello" -> hello(response, callback);
            case "/json" -> json(request, response, callback);
            case "/echo" -> echo(request, response, callback);
            case "/stream" -> stream(response, callback);
            case "/file" -> file(request, response, callback);
            case "/block" -> {
                Thread.sleep(Answers.BLOCK);
                hello(response, callback);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void hello(Response response, Callback callback) {
        response.getHeaders().add(TEXT).add(HELLO_LENGTH);
        response.write(true, HELLO.slice(), callback);
    }

    private static void json(Request request, Response response, Callback callback) {
        var language = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
        var body = Answers.json(language == null ? "" : language).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().add(JSON).put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static void echo(Request request, Response response, Callback callback) throws IOException {
        response.getHeaders().add(BINARY);
        if (request.getLength() >= 0) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, request.getLength());
        }
        try (var in = Content.Source.asInputStream(request);
                var out = Content.Sink.asOutputStream(response)) {
            in.transferTo(out);
        }
        callback.succeeded();
    }

    private static void stream(Response response, Callback callback) throws IOException {
        response.getHeaders().add(TEXT);
        for (var i = 1; i < Answers.CHUNKS; i++) {
            Content.Sink.write(response, false, CHUNK.slice());
        }
        response.write(true, CHUNK.slice(), callback);
    }

    private void file(Request request, Response response, Callback callback) throws IOException {
        response.getHeaders().add(BINARY).put(HttpHeader.CONTENT_LENGTH, Files.size(file));
        var buffers = new ByteBufferPool.Sized(request.getComponents().getByteBufferPool(), true, FILE_BUFFER);
        Content.copy(Content.Source.from(buffers, file), response, callback);
    }
}
