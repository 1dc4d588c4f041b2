package io.asgi4j.tck.run;

import io.asgi4j.tck.control.TraceSnapshot;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Http2Step;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.scenario.WebSocketStep;
import io.asgi4j.tck.scenario.WireStep;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Transcript;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a scenario: does its steps and looks at what comes. Owned by the thread that runs the scenario.
 *
 * <p>A step that finds something unexpected does not end the run, one after which there is nothing to go on with does. What is about
 * some of the scenario's requirements alone does not keep the others from being looked at.
 */
final class ClientRun implements AutoCloseable {
    private static final String KIT = "kit";

    /** By this id the lifespan call is signalled. */
    private static final String LIFESPAN = "lifespan";

    private final Target target;
    private final String wireId;
    private final Limits limits;
    private final Transcript transcript;
    private final Checks checks = new Checks();
    private final Connections connections;
    private final WireSteps wire;
    private final WebSocketSteps webSockets;
    private final Http2Steps http2;
    private final Stopping stopping;

    ClientRun(Target target, String wireId, Limits limits, Transcript transcript) {
        this.target = target;
        this.wireId = wireId;
        this.limits = limits;
        this.transcript = transcript;
        this.connections = new Connections(target.address(), limits, transcript, target.facts(wireId));
        this.wire = new WireSteps(limits, checks);
        this.webSockets = new WebSocketSteps(checks);
        this.http2 = new Http2Steps(checks);
        this.stopping = new Stopping(target.server(), transcript);
    }

    /**
     * Does the steps.
     *
     * @return whether all of them could be done
     * @throws IOException if the application could not be controlled
     */
    boolean perform(List<ClientStep> steps) throws IOException, InterruptedException {
        for (var step : steps) {
            if (!perform(step) && !checks.areAboutSome()) {
                return false;
            }
        }
        connections.checkFrames(checks);
        return true;
    }

    /** What was looked at. */
    List<Check> checks() {
        return checks.all();
    }

    /** What is known by now. */
    Facts facts() {
        return connections.facts();
    }

    /** What was written, each step's bytes for themselves. */
    List<Octets> written() {
        return wire.written();
    }

    /** Whether the server was told to stop, so that nobody can be asked any more. */
    boolean hasStoppedServer() {
        return stopping.hasBegun();
    }

    /**
     * Waits until the server has stopped, and tells it to if nobody has; returns what it reported, or null.
     *
     * <p>The client leaves first, as clients do that have read all they wanted: for one that stays, a server may well wait.
     */
    @Nullable
    LaunchException awaitStopped() throws InterruptedException {
        connections.close();
        return stopping.await();
    }

    @Override
    public void close() {
        connections.close();
    }

    private boolean perform(ClientStep step) throws IOException, InterruptedException {
        return switch (step) {
            case ClientStep.OnConnection onConnection -> performOn(onConnection);
            case ClientStep.Signal signal -> {
                transcript.note(KIT, signal.words());
                target.control().signal(signal.lifespan() ? LIFESPAN : wireId, signal.name());
                yield true;
            }
            case ClientStep.About about -> {
                checks.about(about.requirements());
                yield true;
            }
            case ClientStep.AwaitApplication await -> awaitApplication(await.until());
            case ClientStep.ApplicationQuiet quiet -> applicationQuiet(quiet.after());
            case ClientStep.RealRequests requests -> {
                try (var real = new RealClient(limits, facts())) {
                    checks.addAll(real.exchange(requests));
                }
                yield true;
            }
            case ClientStep.RealWebSocket webSocket -> {
                try (var real = new RealClient(limits, facts())) {
                    checks.addAll(real.talk(webSocket));
                }
                yield true;
            }
            case ClientStep.StopServer stop -> {
                stopping.begin();
                yield true;
            }
            case ClientStep.AwaitStopped await -> seeStopped(await.how());
            case ClientStep.ExpectRefused refused -> {
                var refusal = connections.refusal();
                yield checks.add(
                        "late connection",
                        "that the server refuses it",
                        refusal.isEmpty() ? "it did" : refusal,
                        refusal.isEmpty());
            }
        };
    }

    private boolean performOn(ClientStep.OnConnection step) {
        Connection connection;
        try {
            connection = connections.of(step);
        } catch (IOException e) {
            return checks.add(
                    step.connection(), "that the server accepts a connection", "it did not: " + e.getMessage(), false);
        }
        return switch (step) {
            case WireStep wireStep -> wire.perform(connection, wireStep, facts());
            case WebSocketStep webSocketStep -> webSockets.perform(connection, webSocketStep, facts());
            case Http2Step http2Step -> http2.perform(connection, http2Step, facts());
        };
    }

    private boolean awaitApplication(Until until) throws IOException {
        return happened(until, target.control().await(wireId, until, limits.within()));
    }

    private boolean happened(Until until, TraceSnapshot snapshot) {
        return checks.add(
                "application",
                "that this happens within %d ms: %s".formatted(limits.within().toMillis(), until),
                TraceWatch.view(snapshot).summary(),
                snapshot.satisfied());
    }

    private boolean applicationQuiet(Until until) throws IOException {
        var before = target.control().await(wireId, until, limits.within());
        if (!before.satisfied()) {
            return happened(until, before);
        }
        var count = countTo(until, before.entries());
        var after = target.control().await(wireId, Until.parse("*" + (count + 1)), limits.quiet());
        return checks.add(
                "application",
                "that nothing more happens to it after " + until,
                after.satisfied()
                        ? "there is: " + TraceView.words(after.entries().get(count))
                        : "nothing happens",
                !after.satisfied());
    }

    /** How many entries there are up to the one that was waited for. */
    private static int countTo(Until until, List<TraceEntry> entries) {
        var left = until.count();
        for (var i = 0; i < entries.size(); i++) {
            left -= until.matches(entries.get(i)) ? 1 : 0;
            if (left == 0) {
                return i + 1;
            }
        }
        return entries.size();
    }

    /** ASGI does not say that a server ends in another way once the shutdown has failed, only that it reports the message. */
    private boolean seeStopped(ClientStep.Stop how) throws InterruptedException {
        var failure = awaitStopped();
        var isReported = failure != null && failure.isRefused();
        return checks.add(
                "server",
                "that it " + how.words(),
                failure == null ? "it stopped without a failure" : String.valueOf(failure.getMessage()),
                switch (how) {
                    case WELL -> failure == null;
                    case WITH_FAILURE ->
                        isReported || (failure == null && !target.hello().isOnJava());
                    case EITHER_WAY -> failure == null || isReported;
                });
    }
}
