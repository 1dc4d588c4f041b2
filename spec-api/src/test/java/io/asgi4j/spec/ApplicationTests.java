package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationTests {
    private final List<OutboundEvent> sent = new ArrayList<>();

    /** The example of {@link Application}'s documentation; that it compiles shows that the switch is exhaustive. */
    private final Application application = (scope, receive, send) -> {
        switch (scope) {
            case HttpScope http -> {
                send.send(new HttpResponseStart(200, Headers.of("content-type", "text/plain")));
                send.send(HttpResponseBody.last("Hello, " + http.path()));
            }
            case WebSocketScope webSocket -> throw new UnsupportedScopeException(webSocket);
            case LifespanScope lifespan -> throw new UnsupportedScopeException(lifespan);
            case ExtensionScope other -> throw new UnsupportedScopeException(other);
        }
    };

    private record Grpc(AsgiVersion asgi, State state, Extensions extensions) implements ExtensionScope {

        @Override
        public String type() {
            return "grpc";
        }
    }

    @Test
    void theDocumentedExampleAnswers() throws Exception {
        application.handle(HttpScope.builder().path("/world").build(), HttpRequest::end, sent::add);
        assertEquals(
                List.of(
                        new HttpResponseStart(200, Headers.of("content-type", "text/plain")),
                        HttpResponseBody.last("Hello, /world")),
                sent);
    }

    @Test
    void aScopeOfAKindThatIsYetToBeInventedIsRefused() {
        var scope = new Grpc(new AsgiVersion("3.0", "1.0"), new State(), Extensions.none());
        var thrown = assertThrows(
                UnsupportedScopeException.class, () -> application.handle(scope, HttpRequest::end, sent::add));
        assertSame(scope, thrown.scope());
        assertEquals("scope type grpc is not supported", thrown.getMessage());
    }
}
