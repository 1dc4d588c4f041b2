package io.asgi4j.tck.run;

import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.wire.Transcript;
import org.jspecify.annotations.Nullable;

/** Lets a server stop while the scenario goes on. Owned by the thread that runs the scenario. */
final class Stopping {
    private final RunningServer server;
    private final Transcript transcript;
    private @Nullable Thread thread;
    private volatile @Nullable LaunchException failure;

    Stopping(RunningServer server, Transcript transcript) {
        this.server = server;
        this.transcript = transcript;
    }

    boolean hasBegun() {
        return thread != null;
    }

    void begin() {
        if (thread != null) {
            return;
        }
        transcript.note("kit", "tells the server to stop");
        thread = Thread.ofVirtual().name("asgi4j-tck stop").start(() -> {
            try {
                server.stop();
                transcript.note("kit", "the server has stopped");
            } catch (LaunchException e) {
                failure = e;
                transcript.note("kit", String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits until the server has stopped, which has a limit of its own; returns what it reported, or null. */
    @Nullable
    LaunchException await() throws InterruptedException {
        begin();
        if (thread != null) {
            thread.join();
        }
        return failure;
    }
}
