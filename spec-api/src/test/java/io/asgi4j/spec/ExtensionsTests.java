package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.extension.EarlyHint;
import io.asgi4j.spec.extension.PathSend;
import io.asgi4j.spec.extension.ZeroCopySend;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExtensionsTests {
    private record Limit(int bytes) implements Extension {

        @Override
        public String name() {
            return "asgi4j.limit";
        }
    }

    private final Extensions extensions = Extensions.of(new PathSend(), new Limit(10));

    @Test
    void whatIsOfferedIsFoundByItsClass() {
        assertEquals(Optional.of(new Limit(10)), extensions.get(Limit.class));
        assertTrue(extensions.has(PathSend.class));
    }

    @Test
    void whatIsNotOfferedIsNotFound() {
        assertEquals(Optional.empty(), extensions.get(EarlyHint.class));
        assertFalse(extensions.has(EarlyHint.class));
        assertFalse(Extensions.none().has(PathSend.class));
    }

    @Test
    void namesComeInTheOrderGiven() {
        assertEquals(List.of("http.response.pathsend", "asgi4j.limit"), List.copyOf(extensions.names()));
        assertEquals("[http.response.pathsend, asgi4j.limit]", extensions.toString());
        assertEquals(Set.of(), Extensions.none().names());
    }

    @Test
    void namesCannotBeChanged() {
        assertThrows(
                UnsupportedOperationException.class, () -> extensions.names().clear());
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Extensions.of(new Limit(1), new PathSend(), new Limit(2)));
    }

    @Test
    void theArrayIsNotKept() {
        Extension[] array = {new PathSend()};
        var copied = Extensions.of(array);
        array[0] = new EarlyHint();
        assertTrue(copied.has(PathSend.class));
    }

    @Test
    void withAddsOne() {
        var more = extensions.with(new EarlyHint());
        assertEquals(
                List.of("http.response.pathsend", "asgi4j.limit", "http.response.early_hint"),
                List.copyOf(more.names()));
        assertFalse(extensions.has(EarlyHint.class));
    }

    @Test
    void withReplacesTheOneOfItsName() {
        var changed = extensions.with(new Limit(20));
        assertEquals(Optional.of(new Limit(20)), changed.get(Limit.class));
        assertEquals(2, changed.names().size());
        assertEquals(Optional.of(new Limit(10)), extensions.get(Limit.class));
    }

    @Test
    void withoutRemovesOne() {
        assertEquals(Extensions.of(new Limit(10)), extensions.without(PathSend.class));
        assertSame(extensions, extensions.without(ZeroCopySend.class));
    }

    @Test
    void areEqualByContent() {
        assertEquals(extensions, Extensions.of(new PathSend()).with(new Limit(10)));
        assertEquals(
                extensions.hashCode(),
                Extensions.of(new PathSend(), new Limit(10)).hashCode());
        assertNotEquals(extensions, Extensions.of(new PathSend(), new Limit(11)));
        assertEquals(Extensions.none(), Extensions.of());
    }

    @Test
    void allOfAsgisExtensionsCanBeOfferedTogether() {
        var all = Extensions.of(Examples.EXTENSIONS.toArray(Extension[]::new));
        assertEquals(
                Set.of(
                        "tls",
                        "http.response.push",
                        "http.response.zerocopysend",
                        "http.response.pathsend",
                        "http.response.early_hint",
                        "http.response.trailers",
                        "http.response.debug",
                        "websocket.http.response",
                        "http.request.trailers"),
                all.names());
    }
}
