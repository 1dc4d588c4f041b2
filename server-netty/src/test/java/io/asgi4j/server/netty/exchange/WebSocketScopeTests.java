package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WebSocketApplication;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a WebSocket scope says, and what the access log says about WebSockets. */
@UnderBothSchedulers
class WebSocketScopeTests extends WebSocketTests {
    WebSocketScopeTests(Setup setup) {
        super(setup);
    }

    private WebSocketScope scope(String request) throws Exception {
        return scope(options(), request);
    }

    private WebSocketScope scope(Options options, String request) throws Exception {
        var scopes = new CompletableFuture<WebSocketScope>();
        var server = serveWebSocket(options, (scope, receive, send) -> {
            scopes.complete(scope);
            send.send(new WebSocketClose());
        });
        assertEquals(403, connect(server).send(request).read().status());
        return result(scopes);
    }

    @Test
    void theScopeNamesItsProtocol() throws Exception {
        var scope = scope(WebSocketClient.request("/"));
        assertEquals("websocket", scope.type());
        assertEquals(new AsgiVersion("3.0", "2.5"), scope.asgi());
        assertEquals("1.1", scope.httpVersion());
        assertEquals("ws", scope.scheme());
    }

    @Test
    void thePathIsDecodedAndTheRawPathAndTheQueryAreAsTheyCame() throws Exception {
        var scope = scope(WebSocketClient.request("/caf%C3%A9%2Fa?q=%20x"));
        assertEquals("/caf\u00e9/a", scope.path());
        assertEquals("/caf%C3%A9%2Fa", scope.rawPath());
        assertEquals("q=%20x", scope.queryString());
        assertEquals("", scope.rootPath());
    }

    @Test
    void thePathIncludesTheRootPath() throws Exception {
        var scope = scope(options().with(ServerOptions.ROOT_PATH, "/mount"), WebSocketClient.request("/chat"));
        assertEquals("/mount", scope.rootPath());
        assertEquals("/mount/chat", scope.path());
    }

    @Test
    void headerFieldsKeepTheirOrderAndHaveLowerCaseNames() throws Exception {
        var scope = scope(WebSocketClient.request("/", "X-B: 1", "X-A: 2", "x-b: 3"));
        assertEquals(
                Headers.of(
                        "host", "localhost",
                        "upgrade", "websocket",
                        "connection", "Upgrade",
                        "sec-websocket-key", WebSocketClient.KEY,
                        "sec-websocket-version", "13",
                        "x-b", "1",
                        "x-a", "2",
                        "x-b", "3"),
                scope.headers());
    }

    @Test
    void subprotocolsAreDeliveredInTheClientsOrder() throws Exception {
        var scope = scope(WebSocketClient.request("/", "Sec-WebSocket-Protocol: b, a", "Sec-WebSocket-Protocol: c"));
        assertEquals(List.of("b", "a", "c"), scope.subprotocols());
    }

    @Test
    void thereAreNoSubprotocolsIfTheClientOffersNone() throws Exception {
        assertEquals(List.of(), scope(WebSocketClient.request("/")).subprotocols());
    }

    @Test
    void bothAddressesAreThoseOfTheConnection() throws Exception {
        var scopes = new CompletableFuture<WebSocketScope>();
        var server = serveWebSocket((scope, receive, send) -> {
            scopes.complete(scope);
            accept(receive, send);
        });
        var client = open(server);
        assertEquals(
                new TcpAddress("127.0.0.1", client.wire().localPort()),
                result(scopes).client());
        assertEquals(new TcpAddress("127.0.0.1", server.port()), result(scopes).server());
    }

    @Test
    void theStateIsAShallowCopyOfTheLifespans() throws Exception {
        var shared = new ArrayList<String>();
        var lifespan = new State();
        lifespan.put("shared", shared);
        WebSocketApplication application = (scope, receive, send) -> {
            assertSame(shared, scope.state().get("shared", List.class).orElseThrow());
            assertFalse(scope.state().asMap().containsKey("own"));
            scope.state().put("own", true);
            accept(receive, send);
        };
        var server = serve(options(), lifespan, application);
        open(server);
        server.assertReturns();
        open(server);
        server.assertReturns();
        assertFalse(lifespan.asMap().containsKey("own"));
    }

    @Test
    void theRequestsOfAnHttp10ClientAreNoHandshakes() throws Exception {
        var scopes = new CompletableFuture<Scope>();
        var server = serve(options(), new State(), (scope, receive, send) -> {
            scopes.complete(scope);
            Answers.text(send, "plain");
        });
        var request = WebSocketClient.request("/").replace("HTTP/1.1", "HTTP/1.0");
        assertEquals("plain", connect(server).send(request).read().body());
        assertInstanceOf(HttpScope.class, result(scopes));
    }

    @Test
    void aHandshakeMayFollowRequestsOnTheSameConnection() throws Exception {
        var server = serve(options(), new State(), (scope, receive, send) -> {
            if (scope instanceof WebSocketScope) {
                accept(receive, send);
                echo(receive, send);
            } else {
                Answers.text(send, "plain");
            }
        });
        var client = client(server);
        assertEquals(
                "plain",
                client.wire()
                        .send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .read()
                        .body());
        client.open();
        client.text("then").expect("text then");
    }

    // ---- the access log

    @Test
    void anAcceptedWebSocketHasALineInTheAccessLog() throws Exception {
        try (var log = CapturedLog.of("asgi4j.access")) {
            var client = client(serveWebSocket((scope, receive, send) -> accept(receive, send)));
            client.send(ClientFrames.utf8(WebSocketClient.request("/chat?room=1")))
                    .opened();
            assertEquals(
                    "INFO 127.0.0.1:%d - \"WebSocket /chat?room=1\" [accepted]"
                            .formatted(client.wire().localPort()),
                    log.nextLine());
        }
    }

    @Test
    void aDeniedWebSocketHasALineInTheAccessLog() throws Exception {
        assertLogged("403 Forbidden", (scope, receive, send) -> send.send(new WebSocketClose()));
    }

    @Test
    void aDenialResponseHasALineInTheAccessLog() throws Exception {
        assertLogged("404 Not Found", (scope, receive, send) -> {
            send.send(new WebSocketHttpResponseStart(404));
            send.send(WebSocketHttpResponseBody.end());
        });
    }

    @Test
    void anUnansweredWebSocketHasALineInTheAccessLog() throws Exception {
        assertLogged("500 Internal Server Error", (scope, receive, send) -> {});
    }

    private void assertLogged(String status, WebSocketApplication application) throws Exception {
        try (var log = CapturedLog.of("asgi4j.access");
                var errors = CapturedLog.of("asgi4j.error")) {
            var client = client(serveWebSocket(application)).ask();
            client.wire().read();
            assertEquals(
                    "INFO 127.0.0.1:%d - \"WebSocket /\" %s"
                            .formatted(client.wire().localPort(), status),
                    log.nextLine());
            assertTrue(errors.all().size() <= 1);
        }
    }
}
