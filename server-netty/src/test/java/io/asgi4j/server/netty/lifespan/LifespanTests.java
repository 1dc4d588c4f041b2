package io.asgi4j.server.netty.lifespan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.LifespanMode;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.UnsupportedScopeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class LifespanTests {
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    private static Options mode(LifespanMode mode) {
        return Options.defaults().with(ServerOptions.LIFESPAN, mode);
    }

    private static Options hasty() {
        var shortly = Duration.ofMillis(50);
        return mode(LifespanMode.ON)
                .with(ServerOptions.LIFESPAN_STARTUP_TIMEOUT, shortly)
                .with(ServerOptions.LIFESPAN_SHUTDOWN_TIMEOUT, shortly);
    }

    private Object nextSeen() throws InterruptedException {
        var next = seen.poll(10, TimeUnit.SECONDS);
        return next == null ? "nothing within 10 s" : next;
    }

    /** Starts up, then does what a test is about. */
    private static Application started(Application rest) {
        return (scope, receive, send) -> {
            receive.receive();
            send.send(new LifespanStartupComplete());
            rest.handle(scope, receive, send);
        };
    }

    /** Receives as often as told, then waits for ever. */
    private void waitForInterrupt(Receive receive, int receives) throws InterruptedException {
        try {
            for (var received = 0; received < receives; received++) {
                receive.receive();
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            seen.add("interrupted");
            throw e;
        }
    }

    // --- start-up

    @Test
    void theApplicationIsCalledWithAnEmptyState() throws Exception {
        Lifespan.start(
                (scope, receive, send) -> {
                    seen.add(
                            assertInstanceOf(LifespanScope.class, scope).state().asMap());
                    throw new UnsupportedScopeException(scope);
                },
                mode(LifespanMode.AUTO));
        assertEquals(Map.of(), nextSeen());
    }

    @Test
    void theVersionOfTheScopeIsTwo() throws Exception {
        Lifespan.start(
                (scope, receive, send) -> {
                    seen.add(scope.asgi().specVersion());
                    throw new UnsupportedScopeException(scope);
                },
                mode(LifespanMode.AUTO));
        assertEquals("2.0", nextSeen());
    }

    @Test
    void theFirstEventIsStartup() throws Exception {
        Lifespan.start(
                (scope, receive, send) -> {
                    seen.add(receive.receive());
                    send.send(new LifespanStartupComplete());
                },
                mode(LifespanMode.ON));
        assertEquals(new LifespanStartup(), nextSeen());
    }

    @Test
    void whatTheApplicationPutsIntoTheStateIsThereOnceItHasStarted() throws Exception {
        var lifespan = Lifespan.start(
                (scope, receive, send) -> {
                    scope.state().put("database", "open");
                    send.send(new LifespanStartupComplete());
                },
                mode(LifespanMode.ON));
        assertEquals("open", lifespan.state().get("database", String.class).orElseThrow());
    }

    @Test
    void anApplicationThatCompletesAndReturnsAtOnceHasStarted() throws Exception {
        for (var round = 0; round < 100; round++) {
            Lifespan.start((scope, receive, send) -> send.send(new LifespanStartupComplete()), mode(LifespanMode.ON));
        }
    }

    @Test
    void offNeverCallsTheApplication() throws Exception {
        var lifespan = Lifespan.start((scope, receive, send) -> seen.add(scope), mode(LifespanMode.OFF));
        assertTrue(lifespan.shutdown());
        assertTrue(seen.isEmpty());
    }

    @Test
    void autoServesAnApplicationThatRefusesTheScope() throws Exception {
        var lifespan = Lifespan.start(
                (scope, receive, send) -> {
                    throw new UnsupportedScopeException(scope);
                },
                mode(LifespanMode.AUTO));
        assertTrue(lifespan.shutdown());
    }

    @Test
    void autoServesAnApplicationThatThrowsDuringStartUp() throws Exception {
        var lifespan = Lifespan.start(
                (scope, receive, send) -> {
                    receive.receive();
                    throw new IllegalStateException("a mistake");
                },
                mode(LifespanMode.AUTO));
        assertTrue(lifespan.shutdown());
    }

    @Test
    void autoServesAnApplicationThatReturnsWithoutAnAnswer() throws Exception {
        assertTrue(Lifespan.start((scope, receive, send) -> {}, mode(LifespanMode.AUTO))
                .shutdown());
    }

    @Test
    void onRefusesAnApplicationThatThrowsBeforeItHasStarted() {
        var mistake = new IllegalStateException("a mistake");
        var failure = assertThrows(
                LifespanException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> {
                            throw mistake;
                        },
                        mode(LifespanMode.ON)));
        assertSame(mistake, failure.getCause());
    }

    @Test
    void onRefusesAnApplicationThatHasNoLifespanAndSaysWhatToDo() {
        var failure = assertThrows(
                LifespanException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> {
                            throw new UnsupportedScopeException(scope);
                        },
                        mode(LifespanMode.ON)));
        assertEquals(
                "the application does not support lifespan: serve it with lifespan auto or off", failure.getMessage());
    }

    @Test
    void onRefusesAnApplicationThatReturnsWithoutAnAnswer() {
        assertThrows(
                LifespanException.class, () -> Lifespan.start((scope, receive, send) -> {}, mode(LifespanMode.ON)));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "ON"})
    void startupFailedStopsTheStartAndItsMessageIsReported(LifespanMode mode) {
        var failure = assertThrows(
                LifespanException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> send.send(new LifespanStartupFailed("no database")), mode(mode)));
        assertEquals("the application could not start: no database", failure.getMessage());
    }

    @Test
    void theSecondReceiveOfAFailedStartIsInterrupted() {
        assertThrows(
                LifespanException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> {
                            receive.receive();
                            send.send(new LifespanStartupFailed(""));
                            waitForInterrupt(receive, 1);
                        },
                        mode(LifespanMode.AUTO)));
        assertEquals(List.of("interrupted"), List.copyOf(seen));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "ON"})
    void anApplicationThatStartsTooSlowlyIsInterrupted(LifespanMode mode) throws Exception {
        var failure = assertThrows(
                LifespanException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> waitForInterrupt(receive, 1),
                        hasty().with(ServerOptions.LIFESPAN, mode)));
        assertTrue(failure.getMessage().contains("within 50ms (lifespan-startup-timeout)"), failure.getMessage());
        assertEquals("interrupted", nextSeen());
    }

    @Test
    void anInterruptedStartInterruptsTheApplication() throws Exception {
        var starter = Thread.currentThread();
        assertThrows(
                InterruptedException.class,
                () -> Lifespan.start(
                        (scope, receive, send) -> {
                            receive.receive();
                            starter.interrupt();
                            waitForInterrupt(receive, 1);
                        },
                        mode(LifespanMode.ON)));
        assertEquals("interrupted", nextSeen());
    }

    // --- between

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "ON"})
    void aCallThatReturnsAfterStartUpIsNoFailure(LifespanMode mode) throws Exception {
        var returned = new CountDownLatch(1);
        var lifespan = Lifespan.start(started((scope, receive, send) -> returned.countDown()), mode(mode));
        assertTrue(returned.await(10, TimeUnit.SECONDS));
        lifespan.onFailure(() -> seen.add("failed"));
        assertTrue(lifespan.shutdown());
        assertTrue(seen.isEmpty());
    }

    @Test
    void onReportsACallThatThrowsAfterStartUp() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    throw new IllegalStateException("a mistake");
                }),
                mode(LifespanMode.ON));
        lifespan.onFailure(() -> seen.add("failed"));
        assertEquals("failed", nextSeen());
    }

    @Test
    void autoGoesOnAfterACallThatThrowsAfterStartUp() throws Exception {
        var thrower = new LinkedBlockingQueue<Thread>();
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    thrower.add(Thread.currentThread());
                    throw new IllegalStateException("a mistake");
                }),
                mode(LifespanMode.AUTO));
        lifespan.onFailure(() -> seen.add("failed"));
        thrower.take().join();
        assertTrue(lifespan.shutdown());
        assertTrue(seen.isEmpty());
    }

    // --- shutdown

    @Test
    void theSecondEventIsShutdownAndCompleteEndsIt() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    seen.add(receive.receive());
                    send.send(new LifespanShutdownComplete());
                }),
                mode(LifespanMode.ON));
        assertTrue(lifespan.shutdown());
        assertEquals(new LifespanShutdown(), nextSeen());
    }

    @Test
    void shutdownIsReturnedAgainFromFurtherReceives() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    receive.receive();
                    seen.add(receive.receive());
                    send.send(new LifespanShutdownComplete());
                    seen.add(receive.receive());
                }),
                mode(LifespanMode.ON));
        assertTrue(lifespan.shutdown());
        assertEquals(new LifespanShutdown(), nextSeen());
        assertEquals(new LifespanShutdown(), nextSeen());
    }

    @Test
    void theCallMayCleanUpAfterShutdownComplete() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    receive.receive();
                    send.send(new LifespanShutdownComplete());
                    seen.add("cleaned up");
                }),
                mode(LifespanMode.ON));
        assertTrue(lifespan.shutdown());
        assertEquals(List.of("cleaned up"), List.copyOf(seen));
    }

    @Test
    void shutdownFailedIsAFailure() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    receive.receive();
                    send.send(new LifespanShutdownFailed("disk full"));
                }),
                mode(LifespanMode.AUTO));
        assertFalse(lifespan.shutdown());
    }

    @Test
    void aCallThatThrowsInTheShutdownIsAFailure() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    receive.receive();
                    throw new IllegalStateException("a mistake");
                }),
                mode(LifespanMode.AUTO));
        assertFalse(lifespan.shutdown());
    }

    @Test
    void aCallThatReturnsInTheShutdownWithoutAnAnswerIsNone() throws Exception {
        var lifespan = Lifespan.start(started((scope, receive, send) -> receive.receive()), mode(LifespanMode.ON));
        assertTrue(lifespan.shutdown());
    }

    @Test
    void anApplicationThatStopsTooSlowlyIsInterrupted() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> waitForInterrupt(receive, 1)),
                hasty().with(ServerOptions.LIFESPAN_STARTUP_TIMEOUT, Duration.ofSeconds(10)));
        assertFalse(lifespan.shutdown());
        assertEquals("interrupted", nextSeen());
    }

    // --- the order of events

    @Test
    void aSecondStartupCompleteIsRefused() throws Exception {
        Lifespan.start(
                started((scope, receive, send) -> seen.add(
                        assertThrows(IllegalEventException.class, () -> send.send(new LifespanStartupComplete())))),
                mode(LifespanMode.ON));
        assertEquals(
                "lifespan.startup.complete is not allowed before lifespan.shutdown",
                assertInstanceOf(IllegalEventException.class, nextSeen()).getMessage());
    }

    @Test
    void shutdownCompleteIsRefusedBeforeTheShutdown() throws Exception {
        Lifespan.start(
                started((scope, receive, send) -> seen.add(
                        assertThrows(IllegalEventException.class, () -> send.send(new LifespanShutdownComplete())))),
                mode(LifespanMode.ON));
        assertInstanceOf(IllegalEventException.class, nextSeen());
    }

    @Test
    void startupFailedIsRefusedOnceStarted() throws Exception {
        Lifespan.start(
                started((scope, receive, send) -> seen.add(
                        assertThrows(IllegalEventException.class, () -> send.send(new LifespanStartupFailed(""))))),
                mode(LifespanMode.ON));
        assertInstanceOf(IllegalEventException.class, nextSeen());
    }

    @Test
    void aSecondShutdownCompleteIsRefused() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    receive.receive();
                    send.send(new LifespanShutdownComplete());
                    seen.add(
                            assertThrows(IllegalEventException.class, () -> send.send(new LifespanShutdownComplete())));
                }),
                mode(LifespanMode.ON));
        assertTrue(lifespan.shutdown());
        assertInstanceOf(IllegalEventException.class, nextSeen());
    }

    @Test
    void anEventOfAnotherProtocolIsRefused() throws Exception {
        Lifespan.start(
                started((scope, receive, send) ->
                        seen.add(assertThrows(IllegalEventException.class, () -> send.send(HttpResponseBody.end())))),
                mode(LifespanMode.ON));
        assertInstanceOf(IllegalEventException.class, nextSeen());
    }

    @Test
    void aSecondThreadInReceiveIsRefused() throws Exception {
        var lifespan = Lifespan.start(
                started((scope, receive, send) -> {
                    var first = Thread.ofVirtual().unstarted(() -> {
                        try {
                            seen.add(receive.receive());
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    });
                    first.start();
                    while (first.getState() != Thread.State.WAITING) {
                        Thread.onSpinWait();
                    }
                    seen.add(assertThrows(IllegalStateException.class, receive::receive));
                    first.join();
                    send.send(new LifespanShutdownComplete());
                }),
                mode(LifespanMode.ON));
        assertInstanceOf(IllegalStateException.class, nextSeen());
        assertTrue(lifespan.shutdown());
        assertEquals(new LifespanShutdown(), nextSeen());
    }
}
