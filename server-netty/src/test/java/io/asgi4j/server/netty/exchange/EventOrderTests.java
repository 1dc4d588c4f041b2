package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Reply;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponseDebug;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponsePush;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which events of an HTTP exchange are legal when. What is refused leaves no trace. */
@UnderBothSchedulers
class EventOrderTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    EventOrderTests(Setup setup) {
        super(setup);
    }

    /** What an event is that nobody has heard of. */
    private record Unheard() implements ExtensionOutboundEvent {
        private record Feature() implements Extension {
            @Override
            public String name() {
                return "unheard.of";
            }
        }

        @Override
        public Class<? extends Extension> extension() {
            return Feature.class;
        }

        @Override
        public String type() {
            return "unheard.of";
        }
    }

    private static IllegalEventException assertRefused(Send send, OutboundEvent event) {
        var refusal = assertThrows(IllegalEventException.class, () -> send.send(event));
        assertEquals(event, refusal.event());
        assertTrue(refusal.getMessage().contains(event.type()), refusal.getMessage());
        return refusal;
    }

    private Reply assertAnswers(HttpTest test) throws Exception {
        var server = serve((scope, receive, send) -> test.run(send));
        var reply = connect(server).send(GET).read();
        server.assertReturns();
        assertEquals(200, reply.status());
        assertTrue(reply.complete());
        return reply;
    }

    private interface HttpTest {
        void run(Send send) throws Exception;
    }

    static List<OutboundEvent> eventsOfOtherProtocols() {
        return List.of(
                new WebSocketAccept(),
                WebSocketSend.text("x"),
                new WebSocketClose(),
                new WebSocketHttpResponseStart(403, Headers.empty()),
                new WebSocketHttpResponseBody(HttpResponseBody.end().body(), false),
                new LifespanStartupComplete(),
                new LifespanShutdownComplete());
    }

    @ParameterizedTest
    @MethodSource("eventsOfOtherProtocols")
    void anEventOfAnotherProtocolIsRefused(OutboundEvent event) throws Exception {
        assertAnswers(send -> {
            assertRefused(send, event);
            Answers.text(send, "");
        });
    }

    static List<OutboundEvent> eventsOfExtensionsThatAreNotOffered() {
        return List.of(new HttpResponsePush("/x", Headers.empty()), new HttpResponseDebug(Map.of()), new Unheard());
    }

    @ParameterizedTest
    @MethodSource("eventsOfExtensionsThatAreNotOffered")
    void anEventOfAnExtensionThatIsNotOfferedIsRefused(OutboundEvent event) throws Exception {
        assertAnswers(send -> {
            assertRefused(send, event);
            Answers.text(send, "");
        });
    }

    @Test
    void anAbsentEventIsRefused() throws Exception {
        assertAnswers(send -> {
            assertThrows(NullPointerException.class, () -> send.send(null));
            Answers.text(send, "");
        });
    }

    @Test
    void aBodyBeforeTheStartIsRefused() throws Exception {
        var reply = assertAnswers(send -> {
            assertRefused(send, HttpResponseBody.last("early"));
            assertRefused(send, new HttpResponseTrailers(Headers.empty()));
            assertRefused(send, new HttpResponsePathSend(Path.of("/etc/hostname")));
            Answers.text(send, "good");
        });
        assertEquals("good", reply.body());
    }

    @Test
    void aSecondStartIsRefused() throws Exception {
        var reply = assertAnswers(send -> {
            send.send(new HttpResponseStart(200));
            assertRefused(send, new HttpResponseStart(404));
            send.send(HttpResponseBody.more("a"));
            assertRefused(send, new HttpResponseStart(404));
            send.send(HttpResponseBody.last("b"));
        });
        assertEquals("ab", reply.body());
    }

    @Test
    void anEarlyHintAfterTheStartIsRefused() throws Exception {
        assertAnswers(send -> {
            send.send(new HttpResponseStart(200));
            assertRefused(send, new HttpResponseEarlyHint(List.of("</a>")));
            send.send(HttpResponseBody.last("b"));
        });
    }

    @Test
    void aFileBehindAnotherPartOfTheBodyIsRefused() throws Exception {
        var reply = assertAnswers(send -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("a"));
            assertRefused(send, new HttpResponsePathSend(Path.of("/etc/hostname")));
            send.send(HttpResponseBody.last("b"));
        });
        assertEquals("ab", reply.body());
    }

    @Test
    void trailersThatWereNotAnnouncedAreRefused() throws Exception {
        assertAnswers(send -> {
            send.send(new HttpResponseStart(200));
            assertRefused(send, new HttpResponseTrailers(Headers.empty()));
            send.send(HttpResponseBody.more("a"));
            assertRefused(send, new HttpResponseTrailers(Headers.empty()));
            send.send(HttpResponseBody.end());
            assertRefused(send, new HttpResponseTrailers(Headers.empty()));
        });
    }

    @Test
    void aBodyBehindTheLastPartIsRefusedWhereTrailersMustFollow() throws Exception {
        assertAnswers(send -> {
            send.send(new HttpResponseStart(200, Headers.empty(), true));
            assertRefused(send, new HttpResponseTrailers(Headers.empty()));
            send.send(HttpResponseBody.end());
            assertRefused(send, HttpResponseBody.last("late"));
            send.send(new HttpResponseTrailers(Headers.empty(), true));
            assertRefused(send, HttpResponseBody.last("late"));
            send.send(new HttpResponseTrailers(Headers.empty()));
        });
    }

    @Test
    void everythingIsRefusedOnceTheResponseIsComplete() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            Answers.text(send, "whole");
            assertRefused(send, HttpResponseBody.last("more"));
            assertRefused(send, new HttpResponseStart(500));
            assertRefused(send, new HttpResponseEarlyHint(List.of("</a>")));
        }));
        assertEquals("whole", client.send(GET).read().body());
        assertEquals("whole", client.send(GET).read().body());
    }

    @Test
    void moreBytesThanDeclaredAreRefusedWhole() throws Exception {
        var reply = assertAnswers(send -> {
            send.send(new HttpResponseStart(200, Headers.of("content-length", "5")));
            send.send(HttpResponseBody.more("hel"));
            assertTrue(assertRefused(send, HttpResponseBody.last("lo!")).state().contains("5"));
            send.send(HttpResponseBody.last("lo"));
        });
        assertEquals("hello", reply.body());
    }

    static List<Headers> lengthsThatAreNone() {
        return List.of(
                Headers.of("content-length", "abc"),
                Headers.of("content-length", ""),
                Headers.of("content-length", "-1"),
                Headers.of("content-length", "+1"),
                Headers.of("content-length", "1, 1"),
                Headers.of("content-length", "\u00B2"),
                Headers.of("content-length", "99999999999999999999"),
                Headers.of("content-length", "1", "content-length", "1"));
    }

    @ParameterizedTest
    @MethodSource("lengthsThatAreNone")
    void aContentLengthThatIsNotOneNumberIsRefused(Headers headers) throws Exception {
        var reply = assertAnswers(send -> {
            assertRefused(send, new HttpResponseStart(200, headers));
            Answers.text(send, "x");
        });
        assertEquals("1", reply.field("content-length"));
    }

    @Test
    void anApplicationThatGoesOnAfterARefusalIsServed() throws Exception {
        var reply = assertAnswers(send -> {
            assertRefused(send, HttpResponseBody.more("a"));
            send.send(new HttpResponseStart(200));
            assertRefused(send, new WebSocketAccept());
            send.send(HttpResponseBody.more("b"));
            assertRefused(send, new HttpResponseStart(200));
            send.send(HttpResponseBody.last("c"));
            assertRefused(send, HttpResponseBody.last("d"));
        });
        assertEquals("bc", reply.body());
        assertFalse(reply.has("content-length"));
    }
}
