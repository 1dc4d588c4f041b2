package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.extension.Tls;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application is told about a request. */
@UnderBothSchedulers
class ScopeTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final BlockingQueue<HttpScope> scopes = new ArrayBlockingQueue<>(10);

    ScopeTests(Setup setup) {
        super(setup);
    }

    private HttpScope scope(String request) throws Exception {
        return scope("", request);
    }

    private HttpScope scope(String rootPath, String request) throws Exception {
        var server = serve(options().with(ServerOptions.ROOT_PATH, rootPath), (scope, receive, send) -> {
            scopes.add(scope);
            Answers.text(send, "");
        });
        assertEquals(200, connect(server).send(request).read().status());
        return scopes.take();
    }

    private HttpScope get(String target) throws Exception {
        return scope("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    @Test
    void aMinimalRequestHasTheDefaults() throws Exception {
        var scope = get("/");
        assertEquals("http", scope.type());
        assertEquals(new AsgiVersion("3.0", "2.5"), scope.asgi());
        assertEquals("1.1", scope.httpVersion());
        assertEquals("GET", scope.method());
        assertEquals("http", scope.scheme());
        assertEquals("/", scope.path());
        assertEquals("/", scope.rawPath());
        assertEquals("", scope.queryString());
        assertEquals("", scope.rootPath());
        assertEquals(Headers.of("host", "a"), scope.headers());
        assertTrue(scope.state().asMap().isEmpty());
    }

    @Test
    void anOldClientsVersionIsTold() throws Exception {
        assertEquals("1.0", scope("GET / HTTP/1.0\r\n\r\n").httpVersion());
    }

    @Test
    void theMethodIsUpperCase() throws Exception {
        assertEquals("PATCH", scope("patch / HTTP/1.1\r\nHost: a\r\n\r\n").method());
    }

    @Test
    void clientAndServerAreTheEndsOfTheConnection() throws Exception {
        var server = serve((scope, receive, send) -> {
            scopes.add(scope);
            Answers.text(send, "");
        });
        var client = connect(server);
        client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n")
                .read();
        var scope = scopes.take();
        assertEquals(new TcpAddress("127.0.0.1", client.localPort()), scope.client());
        assertEquals(new TcpAddress("127.0.0.1", server.port()), scope.server());
    }

    @Test
    void thePathIsDecodedOnceAndTheRawPathIsWhatCame() throws Exception {
        var scope = get("/one%2Ftwo%2520/caf%C3%A9+%F0%9F%98%80");
        assertEquals("/one/two%20/café+\uD83D\uDE00", scope.path());
        assertEquals("/one%2Ftwo%2520/caf%C3%A9+%F0%9F%98%80", scope.rawPath());
    }

    @Test
    void dotSegmentsAndDoubleSlashesAreLeftAlone() throws Exception {
        assertEquals("//a/../%2e/./b//", get("//a/../%2e/./b//").rawPath());
        assertEquals("//a/.././b//", get("//a/../%2e/b//").path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%",
                "/%4",
                "/%zz",
                "/%FF",
                "/%C3",
                "/%C3%28",
                "/%ED%A0%80",
                "/%C0%AF",
                "/caf\u00E9",
                "/?\u00E9",
                "/\u007F"
            })
    void aTargetThatDoesNotDecodeIsRefused(String target) throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, ""));
        var client = connect(server).send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(400, client.read().status());
        client.assertCloses();
        assertEquals(0, server.calls().intValue());
    }

    @Test
    void theQueryIsTheBytesBehindTheFirstQuestionMark() throws Exception {
        var scope = get("/p?a=%20&b=%C3%A9&a=1?x%zz");
        assertEquals("/p", scope.path());
        assertEquals("/p", scope.rawPath());
        assertEquals("a=%20&b=%C3%A9&a=1?x%zz", scope.queryString());
    }

    @Test
    void anEmptyQueryIsEmpty() throws Exception {
        assertEquals("", get("/?").queryString());
    }

    @Test
    void anAbsoluteTargetIsTakenApartAndItsAuthorityIsTheHost() throws Exception {
        var scope = scope("GET http://b:81/x%41?y=1 HTTP/1.1\r\nX-First: 1\r\nHost: a\r\n\r\n");
        assertEquals("/xA", scope.path());
        assertEquals("/x%41", scope.rawPath());
        assertEquals("y=1", scope.queryString());
        assertEquals(List.of("b:81"), scope.headers().all("host"));
    }

    @Test
    void anAbsoluteTargetWithoutPathHasTheRootPath() throws Exception {
        assertEquals("/", get("http://a").path());
        assertEquals("/", get("HTTP://a?q").path());
        assertEquals("q", get("http://a?q").queryString());
    }

    @Test
    void theTargetOfOptionsMayBeAnAsterisk() throws Exception {
        var scope = scope("/root", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals("*", scope.path());
        assertEquals("*", scope.rawPath());
    }

    @Test
    void theRootPathIsPutInFrontOfThePathAlone() throws Exception {
        var scope = scope("/app", "GET /x%20y HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals("/app", scope.rootPath());
        assertEquals("/app/x y", scope.path());
        assertEquals("/x%20y", scope.rawPath());
    }

    @Test
    void theRootPathIsNotDoubled() throws Exception {
        assertEquals(
                "/app/x",
                scope("/app", "GET /app/x HTTP/1.1\r\nHost: a\r\n\r\n").path());
        assertEquals(
                "/app", scope("/app", "GET /app HTTP/1.1\r\nHost: a\r\n\r\n").path());
        assertEquals(
                "/app/x",
                scope("/app", "GET /%61pp/x HTTP/1.1\r\nHost: a\r\n\r\n").path());
        assertEquals(
                "/app/apple",
                scope("/app", "GET /apple HTTP/1.1\r\nHost: a\r\n\r\n").path());
    }

    @Test
    void fieldsComeInTheirOrderWithLowerCaseNamesAndExactValues() throws Exception {
        var scope = scope("GET / HTTP/1.1\r\nX-MiXed: V a\r\nhoSt: a\r\nB: 1\r\nA: \t 2 \t\r\nB: 3\r\nEmpty:\r\n"
                + "Latin: caf\u00E9\u00FF\r\nX_Y: a,b\r\n\r\n");
        var fields = new ArrayList<Header>();
        scope.headers().forEach(fields::add);
        assertEquals(
                List.of(
                        new Header("x-mixed", "V a"),
                        new Header("host", "a"),
                        new Header("b", "1"),
                        new Header("a", "2"),
                        new Header("b", "3"),
                        new Header("empty", ""),
                        new Header("latin", "caf\u00E9\u00FF"),
                        new Header("x_y", "a,b")),
                fields);
    }

    @Test
    void fieldsAreFoundByNameInAnyCase() throws Exception {
        var headers = scope("GET / HTTP/1.1\r\nHost: a\r\nB: 1\r\nb: 2\r\n\r\n").headers();
        assertEquals("1", headers.first("B"));
        assertEquals(List.of("1", "2"), headers.all("b"));
        assertTrue(headers.contains("HOST"));
        assertFalse(headers.contains("c"));
        assertEquals(3, headers.size());
        assertEquals(Headers.of("host", "a", "b", "1", "b", "2"), headers);
        assertEquals(Headers.of("host", "a", "b", "1", "b", "2").hashCode(), headers.hashCode());
        assertNotEquals(Headers.of("b", "1", "host", "a", "b", "2"), headers);
    }

    @Test
    void onlyBlankAndTabAreWhiteSpaceAroundAValue() throws Exception {
        var headers =
                scope("GET / HTTP/1.1\r\nHost: a\r\nX: \u00A0v\u0085\r\n\r\n").headers();
        assertEquals("\u00A0v\u0085", headers.first("x"));
        assertEquals("\u00A0v\u0085", headers.get(1).value());
    }

    @Test
    void theExtensionsOfHttpAreOfferedAndNoOthers() throws Exception {
        var extensions = get("/").extensions();
        assertEquals(
                Set.of(
                        "http.response.zerocopysend",
                        "http.response.pathsend",
                        "http.response.early_hint",
                        "http.response.trailers",
                        "http.request.trailers"),
                extensions.names());
        assertFalse(extensions.has(Tls.class));
    }

    @Test
    void eachScopeHasAShallowCopyOfTheLifespansState() throws Exception {
        var shared = new AtomicInteger();
        var state = new State();
        state.put("shared", shared);
        state.put("gone", true);
        var server = serve(options(), state, (scope, receive, send) -> {
            scope.state().get("shared", AtomicInteger.class).orElseThrow().incrementAndGet();
            var seen = new TreeMap<>(scope.state().asMap()).toString();
            scope.state().put("added", true);
            scope.state().remove("gone");
            Answers.text(send, seen);
        });
        var client = connect(server);
        assertEquals("{gone=true, shared=1}", client.send(GET).read().body());
        assertEquals("{gone=true, shared=2}", client.send(GET).read().body());
        assertEquals(Set.of("gone", "shared"), state.asMap().keySet());
    }
}
