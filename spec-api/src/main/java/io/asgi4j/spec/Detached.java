package io.asgi4j.spec;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** The connection that nothing ever happens to, and its signals. */
enum Detached implements Connection {
    CONNECTION;

    static final Signal NEVER = new Never();

    @Override
    public Signal disconnected() {
        return NEVER;
    }

    @Override
    public Signal draining() {
        return NEVER;
    }

    @Override
    public String toString() {
        return "detached";
    }

    private static final class Never implements Signal {

        @Override
        public boolean isSet() {
            return false;
        }

        @Override
        public void await() throws InterruptedException {
            new CountDownLatch(1).await();
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            Thread.sleep(limit);
            return false;
        }

        @Override
        public void onSet(Runnable action) {
            Objects.requireNonNull(action, "action");
        }

        @Override
        public String toString() {
            return "never";
        }
    }
}
