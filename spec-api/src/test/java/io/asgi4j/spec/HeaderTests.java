package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTests {

    @ParameterizedTest
    @ValueSource(strings = {"a", "content-type", "x", "0", "!#$%&'*+-.^_`|~", "sec-websocket-key1"})
    void aLowerCaseTokenIsAName(String name) {
        assertEquals(name, new Header(name, "").name());
    }

    @Test
    void everyOtherCharacterIsRefusedInAName() {
        for (char c = 0; c < 300; c++) {
            var name = "a" + c;
            var valid = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            if (valid) {
                assertEquals(name, new Header(name, "").name());
            } else {
                assertThrows(IllegalArgumentException.class, () -> new Header(name, ""), () -> "character " + name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type", ":path", "a b", " a", "a ", "a:", "a\r\n", "ä", "a\u0000"})
    void aNameThatIsNoLowerCaseTokenIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> new Header(name, "value"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a b", "a\tb", "text/html; charset=utf-8", "caf\u00e9", "\u0080\u00ff"})
    void latin1TextIsAValue(String value) {
        assertEquals(value, new Header("a", value).value());
    }

    @Test
    void everyControlCharacterButTheTabIsRefusedInAValue() {
        for (char c = 0; c < 300; c++) {
            var value = "a" + c + "b";
            var valid = c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f);
            if (valid) {
                assertEquals(value, new Header("a", value).value());
            } else {
                assertThrows(IllegalArgumentException.class, () -> new Header("a", value), () -> "character " + value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", " a", "a ", "\ta", "a\t"})
    void aValueWithOuterBlanksIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> new Header("a", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nset-cookie: x", "a\nb", "a\rb", "a\u0000b", "\u20ac"})
    void aValueThatCouldEndItsLineOrHasNoByteFormIsRefused(String value) {
        assertThrows(IllegalArgumentException.class, () -> new Header("a", value));
    }

    @Test
    void theMessageShowsTheNameWithoutItsControlCharacters() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> new Header("a\u001b[31m", ""));
        assertEquals("header name is not a lower-case token: a\\u001b[31m", thrown.getMessage());
    }

    @Test
    void theMessageDoesNotShowTheValue() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> new Header("authorization", "secret\n"));
        assertTrue(thrown.getMessage().contains("authorization"));
        assertEquals(-1, thrown.getMessage().indexOf("secret"));
    }

    @Test
    void isEqualByContent() {
        assertEquals(new Header("a", "b"), new Header("a", "b"));
        assertNotEquals(new Header("a", "b"), new Header("a", "c"));
    }

    @Test
    void looksAsOnTheWire() {
        assertEquals("accept: text/html", new Header("accept", "text/html").toString());
    }

    @Test
    void aLongValueIsShownCut() {
        var text = new Header("a", "x".repeat(100_000)).toString();
        assertTrue(text.length() < 400, text);
        assertTrue(text.endsWith("… (100000 characters)"), text);
    }
}
