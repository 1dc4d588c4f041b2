package io.asgi4j.spec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every event that carries bytes. */
class BodyTests {

    /** An event made of a buffer, and the buffer that its accessor returns. */
    private record Carrier(
            Class<? extends Event> type, Function<ByteBuffer, Event> event, Function<Event, ByteBuffer> bytes) {

        static <E extends Event> Carrier of(
                Class<E> type, Function<ByteBuffer, Event> event, Function<E, ByteBuffer> bytes) {
            return new Carrier(type, event, made -> bytes.apply(type.cast(made)));
        }

        @Override
        public String toString() {
            return type.getSimpleName();
        }
    }

    static Stream<Carrier> carriers() {
        return Stream.of(
                Carrier.of(HttpRequest.class, bytes -> new HttpRequest(bytes, true), HttpRequest::body),
                Carrier.of(HttpResponseBody.class, HttpResponseBody::more, HttpResponseBody::body),
                Carrier.of(
                        WebSocketReceive.class,
                        WebSocketReceive::bytes,
                        event -> Objects.requireNonNull(event.bytes())),
                Carrier.of(WebSocketSend.class, WebSocketSend::bytes, event -> Objects.requireNonNull(event.bytes())),
                Carrier.of(
                        WebSocketHttpResponseBody.class,
                        WebSocketHttpResponseBody::more,
                        WebSocketHttpResponseBody::body));
    }

    /** A buffer of which only the middle is remaining. */
    private static ByteBuffer middleOf(String text) {
        return ByteBuffer.wrap(("<<" + text + ">>").getBytes(UTF_8)).position(2).limit(2 + text.length());
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void onlyTheRemainingBytesAreTaken(Carrier carrier) {
        var bytes = carrier.bytes().apply(carrier.event().apply(middleOf("body")));
        assertEquals(0, bytes.position());
        assertEquals(4, bytes.capacity());
        assertEquals("body", text(bytes));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void onlyTheRemainingBytesOfAReadOnlyBufferAreTaken(Carrier carrier) {
        var bytes = carrier.bytes().apply(carrier.event().apply(middleOf("body").asReadOnlyBuffer()));
        assertEquals(4, bytes.capacity());
        assertEquals("body", text(bytes));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void whatIsReturnedCannotBeWrittenTo(Carrier carrier) {
        var bytes = carrier.bytes().apply(carrier.event().apply(ByteBuffer.wrap("body".getBytes(UTF_8))));
        assertTrue(bytes.isReadOnly());
        assertEquals(false, bytes.hasArray());
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void toReadTheBodyDoesNotConsumeIt(Carrier carrier) {
        var event = carrier.event().apply(ByteBuffer.wrap("body".getBytes(UTF_8)));
        assertEquals("body", text(carrier.bytes().apply(event)));
        assertEquals("body", text(carrier.bytes().apply(event)));
        assertNotSame(carrier.bytes().apply(event), carrier.bytes().apply(event));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void theGivenBuffersPositionIsLeftAloneAndNoMoreLookedAt(Carrier carrier) {
        for (var given : new ByteBuffer[] {middleOf("body"), middleOf("body").asReadOnlyBuffer()}) {
            var event = carrier.event().apply(given);
            assertEquals(2, given.position());
            given.clear();
            assertEquals("body", text(carrier.bytes().apply(event)));
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void noByteIsCopied(Carrier carrier) {
        byte[] array = {1, 2, 3};
        var event = carrier.event().apply(ByteBuffer.wrap(array));
        array[0] = 9;
        assertEquals(9, carrier.bytes().apply(event).get(0));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void eventsAreEqualByContent(Carrier carrier) {
        var one = carrier.event().apply(middleOf("body"));
        var other = carrier.event()
                .apply(ByteBuffer.allocateDirect(4).put("body".getBytes(UTF_8)).flip());
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, carrier.event().apply(middleOf("bodY")));
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void theTextShowsTheNumberOfBytesOnly(Carrier carrier) {
        var text = carrier.event().apply(ByteBuffer.allocate(5_000_000)).toString();
        assertTrue(text.startsWith(carrier + "["), text);
        assertTrue(text.contains("=5000000 bytes"), text);
        assertTrue(text.length() < 100, text);
    }

    @Test
    void aBodyIsMadeOfTextAndOfBytes() {
        assertEquals(HttpResponseBody.last("ä"), HttpResponseBody.last(new byte[] {(byte) 0xc3, (byte) 0xa4}));
        assertEquals(HttpResponseBody.more("ä"), HttpResponseBody.more(ByteBuffer.wrap("ä".getBytes(UTF_8))));
        assertNotEquals(HttpResponseBody.more("a"), HttpResponseBody.last("a"));
        assertEquals(
                WebSocketHttpResponseBody.last("ä"),
                WebSocketHttpResponseBody.last(ByteBuffer.wrap("ä".getBytes(UTF_8))));
        assertEquals(WebSocketHttpResponseBody.more("a"), WebSocketHttpResponseBody.more("a".getBytes(UTF_8)));
        assertNotNull(WebSocketHttpResponseBody.last(new byte[0]));
    }

    @Test
    void theEndOfABodyIsShared() {
        assertSame(HttpResponseBody.end(), HttpResponseBody.end());
        assertEquals(HttpResponseBody.last(""), HttpResponseBody.end());
        assertSame(HttpRequest.end(), HttpRequest.end());
        assertEquals(new HttpRequest(ByteBuffer.allocate(0), false), HttpRequest.end());
        assertSame(WebSocketHttpResponseBody.end(), WebSocketHttpResponseBody.end());
        assertEquals(WebSocketHttpResponseBody.last(""), WebSocketHttpResponseBody.end());
    }
}
