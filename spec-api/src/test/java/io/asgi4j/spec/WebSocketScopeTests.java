package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebSocketScopeTests {

    @Test
    void theBuilderHasDefaults() {
        var scope = WebSocketScope.builder().build();
        assertEquals("websocket", scope.type());
        assertEquals(new AsgiVersion("3.0", "2.5"), scope.asgi());
        assertEquals("1.1", scope.httpVersion());
        assertEquals("ws", scope.scheme());
        assertEquals("/", scope.path());
        assertEquals("/", scope.rawPath());
        assertEquals("", scope.queryString());
        assertEquals("", scope.rootPath());
        assertEquals(List.of(), scope.subprotocols());
        assertNull(scope.client());
        assertNull(scope.server());
        assertEquals(new State(), scope.state());
        assertSame(Connection.detached(), scope.connection());
    }

    @Test
    void theListOfSubprotocolsIsNotKept() {
        var subprotocols = new ArrayList<>(List.of("chat", "superchat"));
        var scope = WebSocketScope.builder().subprotocols(subprotocols).build();
        subprotocols.clear();
        assertEquals(List.of("chat", "superchat"), scope.subprotocols());
        assertThrows(
                UnsupportedOperationException.class, () -> scope.subprotocols().clear());
    }

    @Test
    void aCopyDiffersOnlyInWhatWasSet() {
        var scope = WebSocketScope.builder()
                .path("/chat/room")
                .scheme("wss")
                .httpVersion("2")
                .queryString("q")
                .headers(Headers.of("a", "1"))
                .subprotocols(List.of("chat"))
                .client(new TcpAddress("::1", 1))
                .server(new UnixAddress("/run/a.sock"))
                .build();
        var copy = scope.toBuilder().rootPath("/chat").build();
        assertNotEquals(scope, copy);
        assertSame(scope.state(), copy.state());
        assertEquals(scope, copy.toBuilder().rootPath("").build());
    }

    @Test
    void theRulesForPathsAreThoseOfHttp() {
        var builder = WebSocketScope.builder();
        assertThrows(IllegalArgumentException.class, builder.path("chat")::build);
        assertEquals("/a%20b", builder.path("/a b").build().rawPath());
        assertThrows(IllegalArgumentException.class, builder.rootPath("/chat/")::build);
        assertThrows(IllegalArgumentException.class, builder.rootPath("").rawPath("/€")::build);
        assertThrows(IllegalArgumentException.class, builder.rawPath("/").queryString("€")::build);
    }

    @Test
    void emptyVersionAndSchemeAreRefused() {
        var builder = WebSocketScope.builder();
        assertThrows(IllegalArgumentException.class, builder.httpVersion("")::build);
        assertThrows(IllegalArgumentException.class, builder.httpVersion("1.1").scheme("")::build);
    }

    @Test
    void theTextShowsEverythingButTheConnection() {
        assertEquals(
                "WebSocketScope[asgi=AsgiVersion[version=3.0, specVersion=2.5], httpVersion=1.1, scheme=ws, path=/, "
                        + "rawPath=/, queryString=, rootPath=, headers=[], client=null, server=null, "
                        + "subprotocols=[chat], state=[], extensions=[]]",
                WebSocketScope.builder().subprotocols(List.of("chat")).build().toString());
    }
}
