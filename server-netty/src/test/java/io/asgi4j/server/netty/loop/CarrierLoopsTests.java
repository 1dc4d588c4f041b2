package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.SchedulerMode;
import io.asgi4j.server.netty.TransportMode;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
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
    void anApplicationRunsOnTheCarrierOfItsLoop() {
        var carrier = new CompletableFuture<Thread>();
        var applicationsCarrier = new CompletableFuture<Thread>();
        loop.execute(() -> carrier.complete(VirtualThreads.currentCarrier()));
        var thread = loops.startApplication(
                loop, "app", () -> applicationsCarrier.complete(VirtualThreads.currentCarrier()));
        assertSame(carrier.join(), applicationsCarrier.join());
        assertTrue(thread.isVirtual());
        assertEquals("app", thread.getName());
        assertEquals("asgi4j-carrier-0", carrier.join().getName());
    }

    @Test
    void theLoopIsAVirtualThreadWithNettysBufferCaches() {
        var thread = new CompletableFuture<Thread>();
        var caches = new CompletableFuture<Boolean>();
        loop.execute(() -> {
            thread.complete(Thread.currentThread());
            caches.complete(io.netty.util.concurrent.FastThreadLocalThread.currentThreadWillCleanupFastThreadLocals());
        });
        assertTrue(thread.join().isVirtual());
        assertEquals("asgi4j-loop-0", thread.join().getName());
        assertTrue(caches.join());
    }

    @Test
    void aForeignThreadWakesASleepingLoopEveryTime() {
        for (var round = 0; round < 20_000; round++) {
            var done = new CompletableFuture<Void>();
            loop.execute(() -> done.complete(null));
            done.join();
        }
    }

    @Test
    void aForeignThreadWakesASleepingCarrierEveryTime() throws Exception {
        var rounds = 20_000;
        var permits = new AtomicInteger();
        var seen = new AtomicInteger();
        var main = Thread.currentThread();
        var application = loops.startApplication(loop, "app", () -> {
            while (seen.get() < rounds) {
                while (permits.get() == seen.get()) {
                    LockSupport.park();
                }
                seen.incrementAndGet();
                LockSupport.unpark(main);
            }
        });
        for (var round = 1; round <= rounds; round++) {
            permits.incrementAndGet();
            LockSupport.unpark(application);
            while (seen.get() < round) {
                LockSupport.park();
            }
        }
        application.join();
    }
}
