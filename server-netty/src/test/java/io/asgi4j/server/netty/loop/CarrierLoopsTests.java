package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** One loop and the applications on its carrier, on every transport of this machine. */
@ParameterizedClass
@MethodSource("io.asgi4j.server.netty.loop.Transports#available")
@Timeout(30)
class CarrierLoopsTests {
    private final EventLoops loops;
    private final EventLoop loop;

    CarrierLoopsTests(TransportMode transport) {
        loops = EventLoops.open(SchedulerMode.LOOP, transport, 1);
        loop = loops.group().next();
    }

    @AfterEach
    void stop() {
        loops.close();
        assertTrue(loops.group().isTerminated());
    }

    @Test
    void anApplicationRunsOnTheCarrierOfItsLoop() throws Exception {
        var applicationsCarrier = new CompletableFuture<Thread>();
        var thread = loops.startApplication(
                loop, "app", () -> applicationsCarrier.complete(VirtualThreads.currentCarrier()));
        assertSame(carrier(), result(applicationsCarrier));
        assertTrue(thread.isVirtual());
        assertEquals("app", thread.getName());
        assertEquals("asgi4j-carrier-0", carrier().getName());
    }

    @Test
    void theLoopIsAVirtualThreadWithNettysBufferCaches() throws Exception {
        var thread = new CompletableFuture<Thread>();
        var caches = new CompletableFuture<Boolean>();
        loop.execute(() -> {
            thread.complete(Thread.currentThread());
            caches.complete(FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals());
        });
        assertTrue(result(thread).isVirtual());
        assertEquals("asgi4j-loop-0", result(thread).getName());
        assertTrue(result(caches));
    }

    @Test
    void anApplicationThatTheLoopStartsBeginsAfterTheLoopsTurn() throws Exception {
        var events = ConcurrentHashMap.<String>newKeySet();
        var seen = new CompletableFuture<Boolean>();
        loop.execute(() -> {
            loops.startApplication(loop, "app", () -> seen.complete(events.contains("turn done")));
            events.add("turn done");
        });
        assertTrue(result(seen));
    }

    @Test
    void aVirtualThreadThatAnApplicationStartsInheritsTheCarrier() throws Exception {
        var childsCarrier = new CompletableFuture<Thread>();
        loops.startApplication(
                loop,
                "app",
                () -> Thread.startVirtualThread(() -> childsCarrier.complete(VirtualThreads.currentCarrier())));
        assertSame(carrier(), result(childsCarrier));
    }

    @Test
    void aForeignThreadWakesASleepingLoopEveryTime() throws Exception {
        for (var round = 0; round < 20_000; round++) {
            var done = new CompletableFuture<Void>();
            loop.execute(() -> done.complete(null));
            result(done);
        }
    }

    @Test
    void manyForeignThreadsWakeSleepingApplicationsEveryTime() throws Exception {
        var pairs = new ArrayList<CompletableFuture<Void>>();
        for (var pair = 0; pair < 4; pair++) {
            var done = new CompletableFuture<Void>();
            pairs.add(done);
            Thread.ofPlatform().daemon().start(() -> {
                pingPong(5_000);
                done.complete(null);
            });
        }
        for (var pair : pairs) {
            result(pair);
        }
    }

    @Test
    void theLoopMayWaitForALockThatAWaitingApplicationHolds() throws Exception {
        var lock = new ReentrantLock();
        theLoopMayWaitFor(action -> {
            lock.lock();
            try {
                action.run();
            } finally {
                lock.unlock();
            }
        });
    }

    @Test
    void theLoopMayWaitForAMonitorThatAWaitingApplicationHolds() throws Exception {
        var monitor = new Object();
        theLoopMayWaitFor(action -> {
            synchronized (monitor) {
                action.run();
            }
        });
    }

    @Test
    void anApplicationThatSleepsLeavesTheCarrierToOthers() throws Exception {
        var sleeper = loops.startApplication(
                loop,
                "sleeper",
                () -> assertThrows(InterruptedException.class, () -> Thread.sleep(Duration.ofHours(1))));
        loops.startApplication(loop, "other", sleeper::interrupt).join();
        sleeper.join();
    }

    @Test
    void applicationsUseBlockingSocketsOnTheirCarrier() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            loops.startApplication(loop, "echo", () -> {
                try (var socket = server.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            var answer = new CompletableFuture<String>();
            loops.startApplication(loop, "client", () -> {
                try (var socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    socket.getOutputStream().write("hello".getBytes());
                    socket.shutdownOutput();
                    answer.complete(new String(socket.getInputStream().readAllBytes()));
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            });
            assertEquals("hello", result(answer));
        }
    }

    @Test
    void aTimerOfTheLoopFiresWhileEverythingRests() throws Exception {
        var fired = new CompletableFuture<Void>();
        loop.schedule(() -> fired.complete(null), 20, TimeUnit.MILLISECONDS);
        result(fired);
    }

    @Test
    void aTimerFiresThatAnApplicationHasSet() throws Exception {
        var fired = new CompletableFuture<Void>();
        loops.startApplication(loop, "app", () -> loop.schedule(() -> fired.complete(null), 20, TimeUnit.MILLISECONDS));
        result(fired);
    }

    @Test
    void tenThousandApplicationsWaitAtOnce() throws Exception {
        var count = 10_000;
        var waiting = new CountDownLatch(count);
        var release = new CountDownLatch(1);
        var ended = new CountDownLatch(count);
        loop.execute(() -> {
            for (var i = 0; i < count; i++) {
                loops.startApplication(loop, "app", () -> {
                    waiting.countDown();
                    await(release);
                    ended.countDown();
                });
            }
        });
        assertTrue(waiting.await(10, TimeUnit.SECONDS));
        release.countDown();
        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }

    @Test
    void anApplicationThatYieldsInACircleLeavesTheLoopAndOthersTheirTurns() throws Exception {
        var stop = new AtomicBoolean();
        var circling = loops.startApplication(loop, "circle", () -> {
            while (!stop.get()) {
                Thread.yield();
            }
        });
        for (var round = 0; round < 100; round++) {
            var done = new CountDownLatch(2);
            loop.execute(done::countDown);
            loops.startApplication(loop, "other", done::countDown);
            assertTrue(done.await(10, TimeUnit.SECONDS));
        }
        stop.set(true);
        circling.join();
    }

    @Test
    void tasksWithoutEndLeaveTheApplicationsTheirTurns() throws Exception {
        var stop = new AtomicBoolean();
        loop.execute(new Runnable() {
            @Override
            public void run() {
                if (!stop.get()) {
                    loop.execute(this);
                }
            }
        });
        loops.startApplication(loop, "app", () -> stop.set(true)).join();
    }

    @Test
    void whatTasksAndApplicationsThrowStopsNobody() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("of a task");
        });
        var application = loops.startApplication(loop, "app", () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, exception) -> {});
            throw new IllegalStateException("of an application");
        });
        application.join();
        loops.startApplication(loop, "other", () -> {}).join();
        loop.submit(() -> {}).get(10, TimeUnit.SECONDS);
    }

    @Test
    void anInterruptReachesTheApplicationAndNobodyElse() throws Exception {
        var waiting = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        var application = loops.startApplication(loop, "app", () -> {
            waiting.countDown();
            LockSupport.park();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiting.await();
        application.interrupt();
        assertTrue(result(interrupted));
        var others = new CompletableFuture<Boolean>();
        loops.startApplication(
                loop, "other", () -> others.complete(Thread.currentThread().isInterrupted()));
        assertFalse(result(others));
    }

    @Test
    void theCarrierEndsWithItsLoopAndALateApplicationGetsAnother() throws Exception {
        var first = carrier();
        var waiting = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var lateCarrier = new CompletableFuture<Thread>();
        var late = loops.startApplication(loop, "late", () -> {
            waiting.countDown();
            await(release);
            lateCarrier.complete(VirtualThreads.currentCarrier());
        });
        waiting.await();
        loops.close();
        assertTrue(first.join(Duration.ofSeconds(10)));
        release.countDown();
        assertTrue(late.join(Duration.ofSeconds(10)));
        assertNotEquals(first, result(lateCarrier));
        assertTrue(result(lateCarrier).join(Duration.ofSeconds(10)));
    }

    @Test
    void anApplicationOnTheCarrierMayCloseTheLoops() throws Exception {
        assertTrue(loops.startApplication(loop, "app", loops::close).join(Duration.ofSeconds(10)));
        assertTrue(loop.isTerminated());
    }

    @Test
    void closingUnderLoadRunsTheTasksThatAreDue() throws Exception {
        var started = new AtomicInteger();
        var stop = new AtomicBoolean();
        var circling = new ArrayList<Thread>();
        for (var i = 0; i < 100; i++) {
            circling.add(loops.startApplication(loop, "app", () -> {
                started.incrementAndGet();
                while (!stop.get()) {
                    Thread.yield();
                }
            }));
        }
        var due = new AtomicBoolean();
        loop.execute(() -> due.set(true));
        loops.close();
        assertTrue(loop.isTerminated());
        assertTrue(due.get());
        stop.set(true);
        for (var application : circling) {
            assertTrue(application.join(Duration.ofSeconds(10)));
        }
        assertEquals(100, started.get());
    }

    /** The platform thread of the loop. */
    private Thread carrier() throws Exception {
        var carrier = new CompletableFuture<Thread>();
        loop.execute(() -> carrier.complete(VirtualThreads.currentCarrier()));
        return result(carrier);
    }

    /** Has this thread and an application park and unpark each other. */
    private void pingPong(int rounds) {
        var here = Thread.currentThread();
        var asked = new AtomicInteger();
        var answered = new AtomicInteger();
        var application = loops.startApplication(loop, "app", () -> {
            for (var round = 1; round <= rounds; round++) {
                while (asked.get() < round) {
                    LockSupport.park();
                }
                answered.set(round);
                LockSupport.unpark(here);
            }
        });
        for (var round = 1; round <= rounds; round++) {
            asked.set(round);
            LockSupport.unpark(application);
            while (answered.get() < round) {
                LockSupport.park();
            }
        }
    }

    /**
     * An application waits while it holds what the loop then wants, as an application does that prints: here it waits
     * for another application of the same carrier.
     */
    private void theLoopMayWaitFor(Guard guard) throws Exception {
        var held = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        loops.startApplication(
                loop,
                "holder",
                () -> guard.guarded(() -> {
                    held.countDown();
                    await(release);
                }));
        held.await();
        var wants = new CountDownLatch(1);
        var entered = new CountDownLatch(1);
        loop.execute(() -> {
            wants.countDown();
            guard.guarded(entered::countDown);
        });
        wants.await();
        loops.startApplication(loop, "other", () -> {
            assertEquals(1, entered.getCount());
            release.countDown();
        });
        assertTrue(entered.await(10, TimeUnit.SECONDS));
    }

    private interface Guard {
        void guarded(Runnable action);
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
