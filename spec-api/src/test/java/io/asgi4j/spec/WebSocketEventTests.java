package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketEventTests {

    @Test
    void aMessageIsEitherTextOrBytes() {
        var bytes = ByteBuffer.allocate(1);
        assertThrows(IllegalArgumentException.class, () -> new WebSocketSend(null, null));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketSend(bytes, "text"));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketReceive(null, null));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketReceive(bytes, "text"));
    }

    @Test
    void theOtherComponentIsNull() {
        assertNull(WebSocketSend.text("a").bytes());
        assertNull(WebSocketSend.bytes(new byte[1]).text());
        assertNull(WebSocketReceive.text("a").bytes());
        assertNull(WebSocketReceive.bytes(new byte[1]).text());
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertEquals("", WebSocketSend.text("").text());
        assertEquals(ByteBuffer.allocate(0), WebSocketReceive.bytes(new byte[0]).bytes());
        assertNotEquals(WebSocketSend.text(""), WebSocketSend.bytes(new byte[0]));
    }

    @Test
    void theTextShowsAShortMessageAsItIs() {
        assertEquals(
                "WebSocketReceive[text={\"some\": \"message\"}]",
                WebSocketReceive.text("{\"some\": \"message\"}").toString());
        assertEquals("WebSocketSend[text=hello]", WebSocketSend.text("hello").toString());
        assertEquals(
                "WebSocketSend[bytes=1 byte]", WebSocketSend.bytes(new byte[1]).toString());
    }

    @Test
    void theTextShowsALongMessageCut() {
        var text = WebSocketReceive.text("x".repeat(1_000_000)).toString();
        assertTrue(text.length() < 400);
        assertTrue(text.endsWith("x… (1000000 characters)]"), text);
    }

    @Test
    void theTextEscapesWhatATerminalWouldObey() {
        assertEquals(
                "WebSocketReceive[text=a\\nb\\u001b[31m\\u009b]",
                WebSocketReceive.text("a\nb\u001b[31m\u009b").toString());
    }

    @Test
    void theReasonThatAClientGaveIsSafeToPrint() {
        assertEquals(
                "WebSocketDisconnect[code=1000, reason=bye\\u001b[2J]",
                new WebSocketDisconnect(1000, "bye\u001b[2J").toString());
    }

    @Test
    void aCharacterIsNotCutInHalf() {
        var text = WebSocketReceive.text("x".repeat(255) + "\ud83d\ude00").toString();
        assertTrue(text.contains("x\\ud83d…"), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1012, 1013, 1014, 3000, 4000, 4999})
    void aCodeThatMayBeSentIsTaken(int code) {
        assertEquals(code, new WebSocketClose(code).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000})
    void aCodeThatMustNotBeSentIsRefused(int code) {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketClose(code));
    }

    @Test
    void aReasonOf123BytesIsTaken() {
        assertEquals(123, new WebSocketClose(1000, "x".repeat(123)).reason().length());
        assertEquals(41, new WebSocketClose(1000, "€".repeat(41)).reason().length());
    }

    @Test
    void aReasonOf124BytesIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketClose(1000, "x".repeat(124)));
        assertThrows(IllegalArgumentException.class, () -> new WebSocketClose(1000, "€".repeat(41) + "x"));
    }

    @Test
    void closeHasDefaults() {
        assertEquals(new WebSocketClose(1000, ""), new WebSocketClose());
        assertEquals(new WebSocketClose(4000, ""), new WebSocketClose(4000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1005, 1006, 1012, 4999})
    void aDisconnectMayHaveACodeThatIsNeverOnTheWire(int code) {
        assertEquals(code, new WebSocketDisconnect(code, "").code());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 5000})
    void aDisconnectWithoutACloseCodeIsRefused(int code) {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketDisconnect(code, ""));
    }

    @Test
    void acceptHasDefaults() {
        assertEquals(new WebSocketAccept(null, Headers.empty()), new WebSocketAccept());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a,b", "a\r\n", "ä"})
    void aSubprotocolThatIsNoTokenIsRefused(String subprotocol) {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketAccept(subprotocol, Headers.empty()));
    }

    @Test
    void aSubprotocolMayHaveUpperCaseLetters() {
        assertEquals("Chat.v2", new WebSocketAccept("Chat.v2", Headers.empty()).subprotocol());
    }

    @Test
    void aSubprotocolAmongTheHeadersIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new WebSocketAccept(null, Headers.of("sec-websocket-protocol", "chat")));
    }
}
