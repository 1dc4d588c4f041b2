package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadersTests {
    private final Headers headers =
            Headers.of("host", "localhost", "set-cookie", "a=1", "accept", "*/*", "set-cookie", "b=2");

    @Test
    void theOrderIsKept() {
        var fields = new ArrayList<Header>();
        headers.forEach(fields::add);
        assertEquals(
                List.of(
                        new Header("host", "localhost"),
                        new Header("set-cookie", "a=1"),
                        new Header("accept", "*/*"),
                        new Header("set-cookie", "b=2")),
                fields);
    }

    @Test
    void fieldsOfOneNameAreNotJoined() {
        assertEquals(4, headers.size());
        assertEquals(List.of("a=1", "b=2"), headers.all("set-cookie"));
    }

    @Test
    void theFirstValueOfANameIsFound() {
        assertEquals("a=1", headers.first("set-cookie"));
        assertNull(headers.first("cookie"));
    }

    @Test
    void theCaseOfANameThatIsLookedUpDoesNotMatter() {
        assertEquals("localhost", headers.first("Host"));
        assertEquals(List.of("a=1", "b=2"), headers.all("SET-cookie"));
        assertTrue(headers.contains("ACCEPT"));
        assertEquals(2, headers.without("Set-Cookie").size());
    }

    @Test
    void onlyTheCaseOfAsciiLettersIsIgnored() {
        // Unicode's case folding makes the Kelvin sign a k, and the at sign is a back quote less 32
        assertFalse(Headers.of("k", "1").contains("\u212a"));
        assertFalse(Headers.of("`", "1").contains("@"));
    }

    @Test
    void anUnknownNameHasNoValues() {
        assertEquals(List.of(), headers.all("cookie"));
        assertFalse(headers.contains("cookie"));
    }

    @Test
    void withAppends() {
        var more = headers.with("host", "again");
        assertEquals(5, more.size());
        assertEquals(new Header("host", "again"), more.get(4));
        assertEquals(4, headers.size());
    }

    @Test
    void replaceKeepsThePlaceOfTheFirst() {
        assertEquals(
                Headers.of("host", "localhost", "set-cookie", "c=3", "accept", "*/*"),
                headers.replace("set-cookie", "c=3"));
    }

    @Test
    void replaceAppendsWhatIsNotThere() {
        assertEquals(headers.with("date", "now"), headers.replace("date", "now"));
    }

    @Test
    void replaceRefusesAnUpperCaseName() {
        assertThrows(IllegalArgumentException.class, () -> headers.replace("Host", "x"));
    }

    @Test
    void withoutRemovesEveryFieldOfTheName() {
        assertEquals(Headers.of("host", "localhost", "accept", "*/*"), headers.without("set-cookie"));
        assertSame(Headers.empty(), Headers.of("a", "1").without("a"));
    }

    @Test
    void withoutReturnsTheSameHeadersIfThereIsNothingToRemove() {
        assertSame(headers, headers.without("cookie"));
    }

    @Test
    void anOddNumberOfTextsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("a", "1", "b"));
    }

    @Test
    void anInvalidFieldIsRefusedWhereverItComesFrom() {
        assertThrows(IllegalArgumentException.class, () -> Headers.of("a", "1\r\nb: 2"));
        assertThrows(IllegalArgumentException.class, () -> headers.with("A", "1"));
        assertThrows(IllegalArgumentException.class, () -> Headers.builder().add("a b", "1"));
    }

    @Test
    void theArrayOfTextsIsNotKept() {
        String[] texts = {"a", "1"};
        var copied = Headers.of(texts);
        texts[1] = "2\r\n";
        assertEquals("1", copied.first("a"));
    }

    @Test
    void theListOfFieldsIsNotKept() {
        var fields = new ArrayList<>(List.of(new Header("a", "1")));
        var copied = Headers.of(fields);
        fields.clear();
        assertEquals(1, copied.size());
    }

    @Test
    void aListWithANullIsRefused() {
        assertThrows(NullPointerException.class, () -> Headers.of(Arrays.asList(new Header[1])));
    }

    @Test
    void whatWasBuiltDoesNotChangeWithTheBuilder() {
        var builder = Headers.builder().add("a", "1").add(new Header("b", "2"));
        var built = builder.build();
        builder.addAll(headers);
        assertEquals(Headers.of("a", "1", "b", "2"), built);
        assertEquals(6, builder.build().size());
    }

    @Test
    void noFieldsAreTheEmptyHeaders() {
        assertSame(Headers.empty(), Headers.builder().build());
        assertEquals(Headers.empty(), Headers.of());
        assertEquals(0, Headers.empty().size());
    }

    @Test
    void aPositionThatIsNotThereIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> headers.get(4));
        assertThrows(IndexOutOfBoundsException.class, () -> headers.get(-1));
    }

    @Test
    void theIteratorEndsAndCannotRemove() {
        var iterator = Headers.of("a", "1").iterator();
        assertEquals("1", iterator.next().value());
        assertFalse(iterator.hasNext());
        assertThrows(NoSuchElementException.class, iterator::next);
        assertThrows(UnsupportedOperationException.class, iterator::remove);
    }

    @Test
    void areEqualByFieldsAndOrder() {
        assertEquals(Headers.of("a", "1", "b", "2"), Headers.of("a", "1").with("b", "2"));
        assertNotEquals(Headers.of("a", "1", "b", "2"), Headers.of("b", "2", "a", "1"));
        assertNotEquals(Headers.of("a", "1"), Headers.of("a", "1", "a", "1"));
        assertNotEquals(Headers.of("a", "1"), List.of(new Header("a", "1")));
    }

    @Test
    void theHashCodeIsThatOfAList() {
        assertEquals(
                List.of(new Header("a", "1"), new Header("b", "2")).hashCode(),
                Headers.of("a", "1", "b", "2").hashCode());
    }

    @Test
    void aServersOwnViewIsEqualInBothDirections() {
        var view = new View(List.of(new Header("a", "1"), new Header("b", "2")));
        var array = Headers.of("a", "1", "b", "2");
        assertEquals(array, view);
        assertEquals(view, array);
        assertEquals(array.hashCode(), view.hashCode());
        assertEquals(array.toString(), view.toString());
    }

    @Test
    void aServersOwnViewNeedsNothingButSizeAndGet() {
        var view = new View(List.of(new Header("a", "1"), new Header("b", "2")));
        assertEquals("2", view.first("B"));
        assertEquals(Headers.of("a", "1", "b", "2", "c", "3"), view.with("c", "3"));
        assertEquals(Headers.of("a", "3", "b", "2"), view.replace("a", "3"));
        assertEquals(Headers.of("b", "2"), view.without("a"));
    }

    @Test
    void theTextShowsAllFields() {
        assertEquals(
                "[host: localhost, accept: */*]",
                Headers.of("host", "localhost", "accept", "*/*").toString());
        assertEquals("[]", Headers.empty().toString());
    }

    private record View(List<Header> fields) implements Headers {

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public Header get(int index) {
            return fields.get(index);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return Headers.areEqual(this, other);
        }

        @Override
        public int hashCode() {
            return Headers.hash(this);
        }

        @Override
        public String toString() {
            return Headers.describe(this);
        }
    }
}
