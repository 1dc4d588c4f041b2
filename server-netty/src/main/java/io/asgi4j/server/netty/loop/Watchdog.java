package io.asgi4j.server.netty.loop;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports an application that holds its carrier, and so every connection of that loop, for long.
 *
 * <p>One daemon thread looks at all carriers of a server from time to time; the carriers themselves only count their turns.
 * The thread owns what it has seen.
 */
final class Watchdog implements AutoCloseable {
    /** A client notices a second, and a JVM that merely collects garbage seldom stops that long. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    private static final Logger LOGGER = LoggerFactory.getLogger(Watchdog.class);

    /** How often it looks within the limit, hence how exact the reported durations are. */
    private static final int LOOKS_PER_LIMIT = 4;

    private final List<Watched> carriers;
    private final Duration limit;
    private final Thread thread;

    /** A watchdog that is watching. */
    Watchdog(List<Carrier> carriers, Duration limit) {
        this.carriers = carriers.stream().map(Watched::new).toList();
        this.limit = limit;
        thread = Thread.ofPlatform().name("asgi4j-watchdog").daemon().start(this::watch);
    }

    /** Stops watching. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(limit.dividedBy(LOOKS_PER_LIMIT));
                for (var carrier : carriers) {
                    carrier.look(System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            LOGGER.debug("The watchdog has been closed.");
        }
    }

    /** One carrier, and since when its present turn is known to last. */
    private final class Watched {
        private final Carrier carrier;
        private long turn;
        private long since = System.nanoTime();
        private boolean reported;

        Watched(Carrier carrier) {
            this.carrier = carrier;
        }

        void look(long now) {
            var lasting = Duration.ofNanos(now - since);
            if (!carrier.isBusy() || carrier.turns() != turn) {
                if (reported) {
                    LOGGER.warn("{} is free again after about {} ms.", carrier, lasting.toMillis());
                }
                turn = carrier.turns();
                since = now;
                reported = false;
            } else if (!reported && lasting.compareTo(limit) >= 0) {
                reported = true;
                LOGGER.warn(
                        "An application has held {} for {} ms without waiting; the other connections of its loop stand"
                                + " still. It runs{}",
                        carrier,
                        lasting.toMillis(),
                        MountedStack.of(carrier.toString()));
            }
        }
    }
}
