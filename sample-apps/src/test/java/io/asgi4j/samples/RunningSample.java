package io.asgi4j.samples;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.StartupException;
import io.asgi4j.spec.Application;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An application behind a server on a free port of the loopback interface, with a client for it. */
public final class RunningSample implements AutoCloseable {
    /** Generous: it is only ever waited for in full when a test fails. */
    public static final int LIMIT_SECONDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch firstCallEnded = new CountDownLatch(1);
    private final NettyServer server;

    public RunningSample(Application application) throws IOException, InterruptedException, StartupException {
        server = NettyServer.builder((scope, receive, send) -> {
                    try {
                        application.handle(scope, receive, send);
                    } finally {
                        if (!scope.type().equals("lifespan")) {
                            firstCallEnded.countDown();
                        }
                    }
                })
                .host("127.0.0.1")
                .port(0)
                .start();
    }

    public NettyServer server() {
        return server;
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build(), BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }

    /** Opens a WebSocket that reads all the time. */
    public TestWebSocket webSocket(String path) {
        var socket = pausedWebSocket(path);
        socket.resume();
        return socket;
    }

    /** Opens a WebSocket that reads nothing until it is resumed. */
    public TestWebSocket pausedWebSocket(String path) {
        return TestWebSocket.open(client, URI.create("ws://127.0.0.1:" + server.port() + path));
    }

    /** Opens a connection and writes the text as it is. */
    public Socket connection(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(LIMIT_SECONDS * 1_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** Waits until the application has returned from, or thrown out of, a call other than lifespan's. */
    public boolean firstCallEnded() throws InterruptedException {
        return firstCallEnded.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
