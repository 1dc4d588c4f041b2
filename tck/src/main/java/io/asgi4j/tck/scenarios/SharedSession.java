package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunSettings;
import io.asgi4j.tck.run.Session;
import io.asgi4j.tck.scenario.Scenario;

/** The server that all areas of a JVM share; JUnit closes it when its run is over. Any thread may call any method. */
final class SharedSession implements AutoCloseable {
    private final Session session;

    SharedSession(Launcher launcher, RunSettings settings) {
        try {
            session = Session.open(launcher, settings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server started", e);
        }
    }

    Outcome run(Scenario scenario) throws InterruptedException {
        return session.run(scenario);
    }

    /** A server that cannot be stopped fails the run. */
    @Override
    public void close() {
        try (session) {
            var problems = session.stop();
            if (!problems.isEmpty()) {
                throw new IllegalStateException(String.join("; ", problems));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
