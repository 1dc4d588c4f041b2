package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StateTests {

    @Test
    void whatWasPutIsFound() {
        var state = new State();
        assertNull(state.put("answer", 42));
        assertEquals(Optional.of(42), state.get("answer", Integer.class));
        assertEquals(Optional.empty(), state.get("question", String.class));
    }

    @Test
    void aValueOfAnotherClassIsRefused() {
        var state = new State();
        state.put("answer", 42);
        assertThrows(ClassCastException.class, () -> state.get("answer", String.class));
    }

    @Test
    void putReturnsTheValueBefore() {
        var state = new State();
        state.put("a", 1);
        assertEquals(1, state.put("a", 2));
        assertEquals(Map.of("a", 2), state.asMap());
    }

    @Test
    void removeReturnsTheValue() {
        var state = new State();
        state.put("a", 1);
        assertEquals(1, state.remove("a"));
        assertNull(state.remove("a"));
        assertEquals(Map.of(), state.asMap());
    }

    @Test
    void aCopyIsShallow() {
        var counter = new AtomicInteger();
        var original = new State();
        original.put("counter", counter);
        var copy = original.copy();
        assertSame(counter, copy.get("counter", AtomicInteger.class).orElseThrow());
    }

    @Test
    void aChangeOfACopyConcernsNobodyElse() {
        var original = new State();
        original.put("a", 1);
        var copy = original.copy();
        var sibling = original.copy();
        copy.put("a", 2);
        copy.put("b", 3);
        copy.remove("c");
        assertEquals(Map.of("a", 1), original.asMap());
        assertEquals(Map.of("a", 1), sibling.asMap());
        assertEquals(Map.of("a", 2, "b", 3), copy.asMap());
    }

    @Test
    void aChangeOfTheOriginalDoesNotReachItsCopies() {
        var original = new State();
        original.put("a", 1);
        var copy = original.copy();
        original.put("b", 2);
        original.remove("a");
        assertEquals(Map.of("a", 1), copy.asMap());
    }

    @Test
    void copiesShareTheirEntriesUntilOneIsWrittenTo() {
        var original = new State();
        original.put("a", 1);
        var copy = original.copy();
        assertSame(original.asMap(), copy.asMap());
        assertSame(new State().asMap(), new State().copy().asMap());
    }

    @Test
    void aSnapshotNeitherChangesNorCanBeChanged() {
        var state = new State();
        state.put("a", 1);
        var snapshot = state.asMap();
        state.put("a", 2);
        assertEquals(Map.of("a", 1), snapshot);
        assertThrows(UnsupportedOperationException.class, () -> snapshot.put("b", 2));
        assertThrows(
                UnsupportedOperationException.class, () -> new State().asMap().put("b", 2));
    }

    @Test
    void noChangeOfConcurrentWritersIsLost() throws Exception {
        var writers = 8;
        var writes = 200;
        var state = new State();
        var start = new CountDownLatch(1);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < writers; i++) {
                var writer = i;
                done.add(executor.submit(() -> {
                    assertTrue(start.await(10, TimeUnit.SECONDS));
                    for (int j = 0; j < writes; j++) {
                        state.put(writer + "." + j, j);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (var future : done) {
                future.get(10, TimeUnit.SECONDS);
            }
        }
        assertEquals(writers * writes, state.asMap().size());
    }

    @Test
    void aCopyMadeWhileOthersWriteIsAMomentOfTheOriginal() throws Exception {
        var state = new State();
        state.put("a", 0);
        state.put("b", 0);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = executor.submit(() -> {
                for (int i = 1; i <= 5_000; i++) {
                    state.put("a", i);
                    state.put("b", i);
                }
            });
            while (!writer.isDone()) {
                var copy = state.copy();
                int a = copy.get("a", Integer.class).orElseThrow();
                int b = copy.get("b", Integer.class).orElseThrow();
                assertTrue(a == b || a == b + 1, () -> a + " and " + b);
            }
            writer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void statesAreEqualByContent() {
        var one = new State();
        one.put("a", List.of(1));
        var other = new State();
        other.put("a", List.of(1));
        assertEquals(one, other);
        assertEquals(one.hashCode(), other.hashCode());
        other.put("a", List.of(2));
        assertNotEquals(one, other);
    }

    @Test
    void theTextShowsNamesOnlySoThatAStateMayHoldItself() {
        var state = new State();
        state.put("password", "secret");
        state.put("self", state);
        assertEquals("[password, self]", state.toString());
        assertFalse(state.toString().contains("secret"));
        assertEquals(state.hashCode(), state.copy().hashCode());
    }
}
