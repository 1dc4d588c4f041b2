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
    static final int LOOKS_PER_LIMIT = 4;

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
                // Duration.dividedBy would set decimal arithmetic up, which takes 20 ms of computing at every start
                Thread.sleep(limit.toMillis() / LOOKS_PER_LIMIT);
                for (var carrier : carriers) {
                    carrier.look(System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    /** One carrier, and since when its present turn is known to last. */
    static final class Watched {
        private final Carrier carrier;
        private long turn;
        private long since = System.nanoTime();
        private int looks;

        Watched(Carrier carrier) {
            this.carrier = carrier;
        }

        /** It counts looks, not time, lest a process that was stopped for a while accuses whoever ran last. */
        void look(long now) {
            if (!carrier.isBusy() || carrier.turns() != turn) {
                if (looks >= LOOKS_PER_LIMIT) {
                    LOGGER.warn("{} goes on after about {} ms.", carrier, lasting(now));
                }
                turn = carrier.turns();
                since = now;
                looks = 0;
            } else if (++looks == LOOKS_PER_LIMIT) {
                LOGGER.warn(
                        "{} has run one thread for {} ms without a pause; the other connections of its loop wait. It"
                                + " runs{}",
                        carrier,
                        lasting(now),
                        MountedStack.of(carrier.toString()));
            }
        }

        private long lasting(long now) {
            return Duration.ofNanos(now - since).toMillis();
        }
    }
}
