package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpScopeTests {

    @Test
    void theBuilderHasDefaults() {
        var scope = HttpScope.builder().build();
        assertEquals("http", scope.type());
        assertEquals(new AsgiVersion("3.0", "2.5"), scope.asgi());
        assertEquals("1.1", scope.httpVersion());
        assertEquals("GET", scope.method());
        assertEquals("http", scope.scheme());
        assertEquals("/", scope.path());
        assertEquals("/", scope.rawPath());
        assertEquals("", scope.queryString());
        assertEquals("", scope.rootPath());
        assertEquals(Headers.empty(), scope.headers());
        assertNull(scope.client());
        assertNull(scope.server());
        assertEquals(new State(), scope.state());
        assertEquals(Extensions.none(), scope.extensions());
        assertSame(Connection.detached(), scope.connection());
    }

    @Test
    void theBuilderSetsEverything() {
        var state = new State();
        var connection = new Connection() {
            @Override
            public Signal disconnected() {
                return Signal.never();
            }

            @Override
            public Signal draining() {
                return Signal.never();
            }
        };
        var scope = HttpScope.builder()
                .asgi(new AsgiVersion("3.1", "2.6"))
                .httpVersion("2")
                .method("POST")
                .scheme("https")
                .path("/api/a b")
                .rawPath("/api/a%20b")
                .queryString("q=1")
                .rootPath("/api")
                .headers(Headers.of("host", "localhost"))
                .client(new TcpAddress("127.0.0.1", 50000))
                .server(new UnixAddress("/run/a.sock"))
                .state(state)
                .extensions(Extensions.of(new Named("x")))
                .connection(connection)
                .build();
        assertEquals(
                new HttpScope(
                        new AsgiVersion("3.1", "2.6"),
                        "2",
                        "POST",
                        "https",
                        "/api/a b",
                        "/api/a%20b",
                        "q=1",
                        "/api",
                        Headers.of("host", "localhost"),
                        new TcpAddress("127.0.0.1", 50000),
                        new UnixAddress("/run/a.sock"),
                        state,
                        Extensions.of(new Named("x")),
                        connection),
                scope);
        assertSame(state, scope.state());
        assertSame(connection, scope.connection());
    }

    @ParameterizedTest
    @CsvSource({"/, /", "/a/b, /a/b", "/a b, /a%20b", "/ä, /%C3%A4", "/100%, /100%25", "/a?b#c, /a%3Fb%23c", "*, *"})
    void theBuilderMakesARawPathOfThePath(String path, String rawPath) {
        assertEquals(rawPath, HttpScope.builder().path(path).build().rawPath());
    }

    @Test
    void aCopyDiffersOnlyInWhatWasSet() {
        var scope = HttpScope.builder()
                .path("/api/users")
                .headers(Headers.of("a", "1"))
                .queryString("q=1")
                .client(new TcpAddress("::1", 1))
                .build();
        var copy = scope.toBuilder().rootPath("/api").build();
        assertEquals("/api", copy.rootPath());
        assertEquals("", scope.rootPath());
        assertNotEquals(scope, copy);
        assertEquals(scope, copy.toBuilder().rootPath("").build());
    }

    @Test
    void aCopySharesTheState() {
        var scope = HttpScope.builder().build();
        var copy = scope.toBuilder().path("/other").build();
        copy.state().put("a", 1);
        assertSame(scope.state(), copy.state());
    }

    @Test
    void aCopyKeepsTheRawPathThatCame() {
        var scope = HttpScope.builder().path("/a/b").rawPath("/a%2Fb").build();
        assertEquals("/a%2Fb", scope.toBuilder().path("/c").build().rawPath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET ", "G T", "GET\r\n", "GÉT", "GET/"})
    void aMethodThatIsNoTokenIsRefused(String method) {
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpScope.builder().method(method).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "*", "", "/a//b/../c", "/\u0000", "/ü€"})
    void aDecodedPathMayHoldAnything(String path) {
        assertEquals(path, HttpScope.builder().path(path).build().path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "**", "http://localhost/", " /"})
    void aPathWithoutASlashIsRefused(String path) {
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpScope.builder().path(path).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/", "/api/", "*"})
    void aRootPathThatDoesNotBeginOrThatEndsWithASlashIsRefused(String rootPath) {
        assertThrows(
                IllegalArgumentException.class,
                () -> HttpScope.builder().rootPath(rootPath).build());
    }

    @Test
    void emptyVersionAndSchemeAreRefused() {
        var builder = HttpScope.builder();
        assertThrows(IllegalArgumentException.class, builder.httpVersion("")::build);
        assertThrows(IllegalArgumentException.class, builder.httpVersion("1.1").scheme("")::build);
    }

    @Test
    void bytesThatAreNoLatin1TextAreRefused() {
        var builder = HttpScope.builder();
        assertThrows(IllegalArgumentException.class, builder.rawPath("/€")::build);
        assertThrows(IllegalArgumentException.class, builder.rawPath("/\u00ff").queryString("€")::build);
        assertEquals("\u00ff", builder.queryString("\u00ff").build().queryString());
    }

    @Test
    void scopesAreEqualByContent() {
        var state = new State();
        state.put("a", 1);
        var one = HttpScope.builder().path("/a").state(state).build();
        var other = HttpScope.builder().path("/a").state(state.copy()).build();
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
    }

    @Test
    void theTextShowsEverythingButTheConnection() {
        var scope = HttpScope.builder()
                .path("/a")
                .queryString("q=1")
                .headers(Headers.of("host", "localhost:8000"))
                .client(new TcpAddress("127.0.0.1", 50000))
                .server(new TcpAddress("127.0.0.1", 8000))
                .extensions(Extensions.of(new Named("http.response.pathsend")))
                .build();
        assertEquals(
                "HttpScope[asgi=AsgiVersion[version=3.0, specVersion=2.5], httpVersion=1.1, method=GET, scheme=http,"
                    + " path=/a, rawPath=/a, queryString=q=1, rootPath=, headers=[host: localhost:8000],"
                    + " client=127.0.0.1:50000, server=127.0.0.1:8000, state=[], extensions=[http.response.pathsend]]",
                scope.toString());
    }

    @Test
    void theTextIsSafeToPrint() {
        var text = HttpScope.builder()
                .path("/a\u001b[2J\nGET /forged")
                .queryString("x".repeat(1_000_000))
                .build()
                .toString();
        assertTrue(text.contains("path=/a\\u001b[2J\\nGET /forged"), text);
        assertFalse(text.contains("\n"));
        assertTrue(text.length() < 2000);
    }

    record Named(String name) implements Extension {}
}
