package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

class WatchdogTests {
    private final BlockingQueue<ILoggingEvent> logged = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event);
        }
    };
    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final Carrier carrier = new Carrier("watched-carrier", () -> {});
    private final Watchdog.Watched watched = new Watchdog.Watched(carrier);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        carrier.execute(carrier::retire);
    }

    @Test
    void anApplicationThatHoldsItsCarrierIsReportedOnceWithItsStackAndAtItsEnd() throws Exception {
        var stop = new AtomicBoolean();
        var held = hold(stop);
        look(10 * Watchdog.LOOKS_PER_LIMIT);
        var begin = next();
        assertEquals(Level.WARN, begin.getLevel());
        var message = begin.getFormattedMessage();
        assertTrue(message.startsWith("watched-carrier has run one thread for "), message);
        assertTrue(message.contains("WatchdogTests.holdTheCarrier"), message);
        assertTrue(logged.isEmpty(), logged::toString);
        stop.set(true);
        held.join();
        run(() -> {});
        look(1);
        assertTrue(next().getFormattedMessage().startsWith("watched-carrier goes on after about "));
    }

    @Test
    void applicationsThatEndInTimeAreNotReported() throws Exception {
        for (var application = 0; application < Watchdog.LOOKS_PER_LIMIT; application++) {
            var stop = new AtomicBoolean();
            var held = hold(stop);
            // the first look sees another turn than the one before
            look(Watchdog.LOOKS_PER_LIMIT);
            stop.set(true);
            held.join();
        }
        assertTrue(logged.isEmpty(), logged::toString);
    }

    @Test
    void anApplicationThatWaitsIsNotReported() throws Exception {
        var waits = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var waiting = VirtualThreads.unstarted(carrier, "waiting", () -> {
            try {
                waits.countDown();
                release.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        waiting.start();
        waits.await();
        while (carrier.isBusy()) {
            Thread.onSpinWait();
        }
        look(10 * Watchdog.LOOKS_PER_LIMIT);
        assertTrue(logged.isEmpty(), logged::toString);
        release.countDown();
        waiting.join();
    }

    @Test
    @Timeout(30)
    void theWatchdogLooksByItself() throws Exception {
        var stop = new AtomicBoolean();
        var watchdog = new Watchdog(List.of(carrier), Duration.ofMillis(100));
        try {
            var held = hold(stop);
            assertTrue(next().getFormattedMessage().startsWith("watched-carrier has run one thread for "));
            stop.set(true);
            held.join();
        } finally {
            watchdog.close();
        }
    }

    /** An application that holds the carrier by now. */
    private Thread hold(AtomicBoolean stop) throws InterruptedException {
        var holds = new CountDownLatch(1);
        var application = VirtualThreads.unstarted(carrier, "application", () -> {
            holds.countDown();
            holdTheCarrier(stop);
        });
        application.start();
        holds.await();
        return application;
    }

    private void run(Runnable task) throws InterruptedException {
        var application = VirtualThreads.unstarted(carrier, "application", task);
        application.start();
        application.join();
    }

    private void look(int times) {
        for (var time = 0; time < times; time++) {
            watched.look(System.nanoTime());
        }
    }

    private ILoggingEvent next() throws InterruptedException {
        var event = logged.poll(10, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing was logged");
        }
        return event;
    }

    private static void holdTheCarrier(AtomicBoolean stop) {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
    }
}
