package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A running server, its clients, and what the application has seen. */
final class TestServer implements AutoCloseable {
    static final String GET = "GET / HTTP/1.1\r\nhost: test\r\n\r\n";
    static final String HANDSHAKE = """
        GET /chat HTTP/1.1\r
        host: test\r
        connection: Upgrade\r
        upgrade: websocket\r
        sec-websocket-version: 13\r
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r
        sec-websocket-protocol: a, b\r
        \r
        """;

    /** An application that has no lifespan. */
    @FunctionalInterface
    interface Http {
        void handle(HttpScope scope, Receive receive, Send send) throws Exception;
    }

    /** An application that has no lifespan. */
    @FunctionalInterface
    interface WebSocket {
        void handle(WebSocketScope scope, Receive receive, Send send) throws Exception;
    }

    private final MinimalServer server;
    private final List<TestClient> clients = new ArrayList<>();

    private TestServer(Application application, Limits limits) throws Exception {
        server = MinimalServer.start(application, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits);
    }

    static TestServer of(Application application) throws Exception {
        return new TestServer(application, Limits.standard());
    }

    static TestServer http(Http application) throws Exception {
        return http(Limits.standard(), application);
    }

    static TestServer http(Limits limits, Http application) throws Exception {
        return new TestServer(
                (scope, receive, send) -> {
                    if (!(scope instanceof HttpScope http)) {
                        throw new UnsupportedScopeException(scope);
                    }
                    application.handle(http, receive, send);
                },
                limits);
    }

    static TestServer webSocket(WebSocket application) throws Exception {
        return webSocket(Limits.standard(), application);
    }

    static TestServer webSocket(Limits limits, WebSocket application) throws Exception {
        return new TestServer(
                (scope, receive, send) -> {
                    if (!(scope instanceof WebSocketScope webSocket)) {
                        throw new UnsupportedScopeException(scope);
                    }
                    application.handle(webSocket, receive, send);
                },
                limits);
    }

    TestClient connect() throws IOException {
        var client = new TestClient(server.port());
        clients.add(client);
        return client;
    }

    HttpResponse<String> request(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        request.uri(URI.create("http://127.0.0.1:" + server.port() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return server.port();
    }

    void shutDown() {
        server.close();
    }

    @Override
    public void close() throws IOException {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    /** What the application reports, in its order, to be waited for. */
    static final class Report {
        private final BlockingQueue<Object> entries = new LinkedBlockingQueue<>();

        void add(Object entry) {
            entries.add(entry);
        }

        Object next() throws InterruptedException {
            var entry = entries.poll(TestClient.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            return entry == null ? "nothing" : entry;
        }

        boolean isEmpty() {
            return entries.isEmpty();
        }
    }
}
