package io.asgi4j.tck.run;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.control.Hello;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.Start;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A server that scenarios share, and the running and judging of scenarios on it. Any thread may call any method.
 *
 * <p>Scenarios run at the same time, as many as there are callers; one that must be alone waits until it is.
 */
public final class Session implements AutoCloseable {
    private final Launcher launcher;
    private final RunSettings settings;
    private final ReadWriteLock alone = new ReentrantReadWriteLock(true);
    private final @Nullable Target target;
    private final String bootstrapFailure;
    private final String bootstrapOutput;
    private final AtomicReference<String> lost = new AtomicReference<>("");

    private Session(Launcher launcher, RunSettings settings, @Nullable Target target, String failure, String output) {
        this.launcher = launcher;
        this.settings = settings;
        this.target = target;
        this.bootstrapFailure = failure;
        this.bootstrapOutput = output;
    }

    /** Gets the server and looks whether it can be judged. A failure is kept, and every scenario is then not run because of it. */
    public static Session open(Launcher launcher, RunSettings settings) throws InterruptedException {
        RunningServer server;
        try {
            server = launcher.launch(Start.USUAL.options(), Start.USUAL.lifespan());
        } catch (LaunchException e) {
            return new Session(launcher, settings, null, String.valueOf(e.getMessage()), "");
        }
        try {
            return new Session(launcher, settings, Target.of(server), "", "");
        } catch (IOException e) {
            server.kill();
            return new Session(launcher, settings, null, String.valueOf(e.getMessage()), server.output());
        }
    }

    /** Why there is no server to judge, in a sentence; empty if there is one. */
    public String bootstrapFailure() {
        return bootstrapFailure;
    }

    /** What the application said of itself and of the server; empty if there is no server. */
    public Optional<Hello> hello() {
        return Optional.ofNullable(target).map(Target::hello);
    }

    /** The server, if there is one. */
    public Optional<RunningServer> server() {
        return Optional.ofNullable(target).map(Target::server);
    }

    /** What the shared server printed so far; empty if that cannot be seen. */
    public String output() {
        return target == null ? bootstrapOutput : target.server().output();
    }

    /** What the server offers, and is judged for. */
    public Set<Feature> features() {
        return target == null ? Set.of() : target.features();
    }

    /** The features that the server's scopes offer, declared or not. */
    public Set<Feature> offered() {
        return target == null ? Set.of() : target.offered();
    }

    /** Runs a scenario and judges it; one that fails unexpectedly is run once more with nothing beside it. */
    public Outcome run(Scenario scenario) throws InterruptedException {
        var first = runOnce(scenario);
        return isWorthASecondRun(first) ? runAlone(first) : first;
    }

    /** Runs a scenario and judges it; one that fails is not run again. */
    public Outcome runOnce(Scenario scenario) throws InterruptedException {
        return run(scenario, 1, scenario.alone());
    }

    /** Whether it failed in a way that something beside it may explain. */
    boolean isWorthASecondRun(Outcome outcome) {
        return switch (outcome.status()) {
            case FAIL, ERROR -> !outcome.checks().isEmpty() || outcome.status() == Status.ERROR;
            case WARN -> binding(outcome.broken()).isPresent();
            case PASS, KNOWN_FAILURE, FIXED, NOT_DECLARED, NOT_TESTABLE, NOT_RUN -> false;
        };
    }

    /** Runs a scenario that has failed once more, with nothing beside it, and nothing before it on the same server if the kit can start one. */
    Outcome runAlone(Outcome first) throws InterruptedException {
        var second = run(first.scenario(), 2, true);
        return second.status() == Status.PASS ? messaged(Verdict.passedAlone(first)) : second;
    }

    private Outcome run(Scenario scenario, int number, boolean isAlone) throws InterruptedException {
        var started = System.nanoTime();
        var outcome = orError(scenario, () -> judged(scenario, number, isAlone));
        return messaged(outcome.took(Duration.ofNanos(System.nanoTime() - started)));
    }

    /** A defect of the kit is the end of one scenario, and not of the run. */
    private static Outcome orError(Scenario scenario, Judgement judgement) throws InterruptedException {
        try {
            return judgement.get();
        } catch (RuntimeException e) {
            var reason = "the kit itself failed, at %s: %s".formatted(e.getStackTrace()[0], e);
            return Outcome.without(scenario, Status.ERROR, Optional.empty(), reason);
        }
    }

    private interface Judgement {
        Outcome get() throws InterruptedException;
    }

    private Outcome messaged(Outcome outcome) {
        return outcome.status() == Status.PASS ? outcome : outcome.withMessage(FailureMessage.of(outcome, settings));
    }

    private Outcome judged(Scenario scenario, int number, boolean isAlone) throws InterruptedException {
        if (target == null || isLost()) {
            return Outcome.without(
                    scenario, Status.NOT_RUN, Optional.empty(), target == null ? bootstrapFailure : lost.get());
        }
        var level = binding(scenario.requirements());
        var no = new Applicability(launcher, target, features()).against(scenario);
        if (no.isPresent()) {
            return Outcome.without(scenario, no.get().status(), level, no.get().reason());
        }
        var isShared = !scenario.needsOwnServer() && (number == 1 || !launcher.startsServers());
        try {
            var attempt = beside(isAlone, scenario, isShared ? target : null, number);
            if (!attempt.passed() && isShared) {
                requireThere(target, scenario);
            }
            var broken = binding(Check.broken(attempt.checks(), scenario.requirements()));
            return Verdict.of(scenario, attempt, level, broken, settings);
        } catch (LostServerException e) {
            // the first reason is kept, others follow from it
            lost.compareAndSet("", String.valueOf(e.getMessage()));
            return Outcome.without(scenario, Status.NOT_RUN, level, lost.get());
        }
    }

    /** How much the strongest of some requirements binds the server; empty if none does. */
    private Optional<Level> binding(List<String> slugs) {
        return hello().flatMap(hello -> slugs.stream()
                .flatMap(slug -> settings.requirements().find(slug).stream())
                .filter(rule -> rule.binds(hello.isOnJava(), hello.specVersion()))
                .map(Rule::level)
                .min(Comparator.naturalOrder()));
    }

    /**
     * Attempts it beside others, or alone. A server of its own, which it gets if there is none to share, does not make a scenario alone:
     * others still take processors from it.
     */
    private Attempt beside(boolean isAlone, Scenario scenario, @Nullable Target shared, int number)
            throws InterruptedException, LostServerException {
        var lock = isAlone ? alone.writeLock() : alone.readLock();
        lock.lockInterruptibly();
        try {
            return shared == null
                    ? new OwnServer(launcher, scenario, number, settings.limits()).attempt()
                    : Attempt.run(scenario, number, shared, settings.limits());
        } finally {
            lock.unlock();
        }
    }

    /** A scenario that fails may do so because its server is gone, or is not one. */
    private void requireThere(Target shared, Scenario scenario) throws LostServerException {
        try {
            shared.check();
        } catch (LostServerException e) {
            throw e;
        } catch (IOException e) {
            var reason = shared.server().end().orElse(String.valueOf(e.getMessage()));
            throw LostServerException.gone(scenario.id(), reason, settings.rerun());
        }
    }

    private boolean isLost() {
        return !lost.get().isEmpty();
    }

    /** Stops the shared server; gives sentences about what went wrong. One that is lost is not asked to stop gracefully. */
    public List<String> stop() throws InterruptedException {
        if (isLost()) {
            close();
            return List.of(lost.get());
        }
        try {
            if (target != null) {
                target.server().stop();
            }
            return List.of();
        } catch (LaunchException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        if (target != null) {
            target.server().kill();
        }
    }
}
