package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExceptionTests {

    @Test
    void anIllegalEventNamesTheStateAndTheEvent() {
        var event = HttpResponseBody.end();
        var exception = new IllegalEventException("before http.response.start", event);
        assertEquals("http.response.body is not allowed before http.response.start", exception.getMessage());
        assertEquals("before http.response.start", exception.state());
        assertSame(event, exception.event());
    }

    @Test
    void anUnsupportedScopeNamesItsType() {
        var scope = WebSocketScope.builder().build();
        var exception = new UnsupportedScopeException(scope);
        assertEquals("scope type websocket is not supported", exception.getMessage());
        assertSame(scope, exception.scope());
    }

    @Test
    void aDisconnectIsAnInputOutputException() {
        assertInstanceOf(IOException.class, new ClientDisconnectedException());
        assertEquals("the client is gone", new ClientDisconnectedException().getMessage());
        var cause = new IOException("reset");
        assertSame(cause, new ClientDisconnectedException("reset by peer", cause).getCause());
    }
}
