package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ErrandTests {
    private final Carrier carrier = new Carrier("carrier", () -> {});

    @BeforeEach
    void requireCarriers() {
        assertTrue(
                VirtualThreads.refusal().isEmpty(),
                () -> VirtualThreads.refusal().orElseThrow());
    }

    @AfterEach
    void endCarrier() {
        carrier.execute(carrier::retire);
    }

    @Test
    void aCallFromElsewhereIsMadeOnTheCarrier() throws Exception {
        assertFalse(carrier.admits());
        assertTrue(carrier.call(carrier::admits));
    }

    @Test
    void aCallFromTheCarrierIsMadeByItsOwnThread() throws Exception {
        var own = new CompletableFuture<Boolean>();
        VirtualThreads.unstarted(carrier, "own", () -> {
                    try {
                        own.complete(carrier.call(Thread::currentThread) == Thread.currentThread());
                    } catch (IOException | InterruptedException failure) {
                        own.completeExceptionally(failure);
                    }
                })
                .start();
        assertTrue(own.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aFailureShowsTheStacksOfBothThreads() {
        var failure = assertThrows(
                IOException.class,
                () -> carrier.call(() -> {
                    throw new IOException("the file is gone");
                }));
        assertEquals("the file is gone", failure.getMessage());
        var methods = Arrays.stream(failure.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList();
        assertTrue(methods.contains("aFailureShowsTheStacksOfBothThreads"), methods::toString);
        assertTrue(methods.getFirst().startsWith("lambda"), methods::toString);
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        var begun = new CountDownLatch(1);
        var outcome = new CompletableFuture<Boolean>();
        var caller = Thread.ofPlatform().start(() -> {
            try {
                outcome.complete(carrier.call(() -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return false;
                }));
            } catch (InterruptedException ended) {
                outcome.complete(!Thread.currentThread().isInterrupted());
            } catch (IOException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        caller.interrupt();
        assertTrue(outcome.get(10, TimeUnit.SECONDS));
    }

    @Test
    void aCallThatEndsInSpiteOfAnInterruptLosesNeitherItsResultNorTheInterrupt() throws Exception {
        var begun = new CountDownLatch(1);
        var outcome = new CompletableFuture<String>();
        var caller = Thread.ofPlatform().start(() -> {
            try {
                var result = carrier.call(() -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ignored) {
                        return "result";
                    }
                    return "nothing";
                });
                outcome.complete(result + " " + Thread.currentThread().isInterrupted());
            } catch (IOException | InterruptedException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        caller.interrupt();
        assertEquals("result true", outcome.get(10, TimeUnit.SECONDS));
    }
}
