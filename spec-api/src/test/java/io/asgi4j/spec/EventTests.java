package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventTests {

    @Test
    void theWireNameMakesTheNameOfTheType() {
        for (var event : Examples.EVENTS) {
            var name = event.type()
                    .replace("websocket", "web_socket")
                    .replace("zerocopysend", "zero_copy_send")
                    .replace("pathsend", "path_send");
            var camelCase = Stream.of(name.split("[._]"))
                    .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                    .collect(Collectors.joining());
            assertEquals(camelCase, event.getClass().getSimpleName());
        }
    }

    @Test
    void wireNamesAreUnique() {
        var names = Examples.EVENTS.stream().map(Event::type).collect(Collectors.toSet());
        assertEquals(Examples.EVENTS.size(), names.size());
    }

    @Test
    void everyEventIsARecordOrAnOpenEdge() {
        var examples = Examples.EVENTS.stream().<Class<?>>map(Event::getClass).collect(Collectors.toSet());
        for (var sealed : List.of(InboundEvent.class, OutboundEvent.class)) {
            for (var permitted : sealed.getPermittedSubclasses()) {
                assertTrue(permitted.isInterface() || permitted.isRecord(), permitted.getName());
                assertTrue(permitted.isInterface() || examples.contains(permitted), permitted.getName());
            }
        }
    }

    @Test
    void everyExtensionEventNamesTheExtensionItBelongsTo() {
        var offered =
                Examples.EXTENSIONS.stream().<Class<?>>map(Extension::getClass).collect(Collectors.toSet());
        for (var event : Examples.EVENTS) {
            if (event instanceof ExtensionOutboundEvent extensionEvent) {
                assertTrue(offered.contains(extensionEvent.extension()), event.type());
            }
        }
    }

    @Test
    void anEventsTextIsShort() {
        for (var event : Examples.EVENTS) {
            var text = event.toString();
            assertTrue(text.startsWith(event.getClass().getSimpleName() + "["), text);
            assertTrue(text.length() < 200, text);
        }
    }

    @Test
    void lifespanMessagesAreKept() {
        assertEquals("no database", new LifespanStartupFailed("no database").message());
        assertEquals("", new LifespanShutdownFailed("").message());
    }

    @Test
    void scopesHaveTheirTypes() {
        var types = Set.of(
                HttpScope.builder().build().type(),
                WebSocketScope.builder().build().type(),
                new LifespanScope(AsgiVersion.LIFESPAN, new State(), Extensions.none()).type());
        assertEquals(Set.of("http", "websocket", "lifespan"), types);
    }
}
