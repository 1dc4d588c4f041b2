package io.asgi4j.tck.mutant;

import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.netty.NettyProvider;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.run.KnownFailures;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunSettings;
import io.asgi4j.tck.run.Session;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenarios.Areas;
import io.asgi4j.tck.wire.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Runs scenarios against a mutant: those of the requirements that it breaks, and of its area those that are quick, which tell whether
 * it breaks nothing else.
 *
 * @param breaks what it should break
 * @param outcomes how the scenarios went
 */
record Hunt(Breaks breaks, List<Outcome> outcomes) {
    /** What must happen usually does at once, and most scenarios here fail because it does not; what is quiet must be as long as ever. */
    private static final Limits SHORT = new Limits(
            Duration.ofMillis(1500),
            Limits.DEFAULT.quiet(),
            Duration.ofSeconds(5),
            Limits.DEFAULT.head(),
            Limits.DEFAULT.body(),
            Limits.DEFAULT.interims(),
            Limits.DEFAULT.frames());

    /** Nothing here is about it, and a machine may be busy. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private static final List<Scenario> SCENARIOS = Areas.scenarios();
    private static final Requirements REQUIREMENTS = Requirements.load();

    static Hunt of(Mutant mutant, Breaks breaks, String area) throws InterruptedException {
        return of(mutant, breaks, area, breaks.patiently() ? Limits.DEFAULT : SHORT);
    }

    /** With all the patience of the kit, for a machine that is so busy that a sound server would seem to be broken. */
    static Hunt patiently(Mutant mutant, Breaks breaks, String area) throws InterruptedException {
        return of(mutant, breaks, area, Limits.DEFAULT);
    }

    private static Hunt of(Mutant mutant, Breaks breaks, String area, Limits limits) throws InterruptedException {
        var launcher = new InProcessLauncher(mutant.of(new NettyProvider()), START_LIMIT);
        var outcomes = new ArrayList<Outcome>();
        var session = open(launcher, limits);
        try {
            for (var scenario : prey(breaks, area)) {
                outcomes.add(session.runOnce(scenario));
            }
        } finally {
            abandon(session);
        }
        var surprises =
                outcomes.stream().filter(outcome -> isSurprise(outcome, breaks)).toList();
        if (!surprises.isEmpty()) {
            var patient = open(launcher, Limits.DEFAULT);
            try {
                for (var surprise : surprises) {
                    outcomes.set(outcomes.indexOf(surprise), patient.runOnce(surprise.scenario()));
                }
            } finally {
                abandon(patient);
            }
        }
        return new Hunt(breaks, outcomes);
    }

    private static Session open(InProcessLauncher launcher, Limits limits) throws InterruptedException {
        var settings = new RunSettings(limits, true, KnownFailures.NONE, REQUIREMENTS, Hunt::rerun);
        return Session.open(launcher, settings);
    }

    /** A mutant may take long to stop, which nobody needs to see. */
    private static void abandon(Session session) {
        Thread.ofPlatform().daemon().name("abandoned mutant").start(session::close);
    }

    private static String rerun(String id) {
        return "mvn test -Dtest=" + id.replace('.', '#').replaceFirst("Tck#", "*#");
    }

    private static List<Scenario> prey(Breaks breaks, String area) {
        return SCENARIOS.stream()
                .filter(scenario -> isAbout(scenario, breaks.value())
                        || scenario.area().equals(area) && !scenario.alone() && !scenario.needsOwnServer())
                .toList();
    }

    private static boolean isAbout(Scenario scenario, String... slugs) {
        return Arrays.stream(slugs).anyMatch(scenario.requirements()::contains);
    }

    private static boolean isSurprise(Outcome outcome, Breaks breaks) {
        return outcome.status() == Status.ERROR
                || outcome.status() == Status.NOT_RUN
                || hasFailed(outcome)
                        && !hasBroken(outcome, breaks.value())
                        && !hasBroken(outcome, breaks.also())
                        && !List.of(breaks.also()).contains(outcome.scenario().id());
    }

    private static boolean hasBroken(Outcome outcome, String... slugs) {
        return hasFailed(outcome) && Arrays.stream(slugs).anyMatch(outcome.broken()::contains);
    }

    private static boolean hasFailed(Outcome outcome) {
        return outcome.status() == Status.FAIL || outcome.status() == Status.WARN;
    }

    /** What is wrong with the mutant, or with the kit that should have caught it; empty if nothing is. */
    String complaint() {
        var complaints = new ArrayList<String>();
        for (var slug : breaks.value()) {
            var about = outcomes.stream()
                    .filter(outcome -> isAbout(outcome.scenario(), slug))
                    .toList();
            if (about.stream().noneMatch(outcome -> hasBroken(outcome, slug))) {
                complaints.add("SURVIVED: no scenario of %s failed, of these: %s"
                        .formatted(
                                slug,
                                about.stream()
                                        .map(outcome -> outcome.scenario().id() + " " + outcome.status())
                                        .toList()));
            }
        }
        outcomes.stream()
                .filter(outcome -> isSurprise(outcome, breaks))
                .map(outcome -> "NOT DECLARED in \"also\": " + outcome.message())
                .forEach(complaints::add);
        return String.join("\n\n", complaints);
    }

    /** The failure that is kept for people to read. */
    Optional<Outcome> shown() {
        return outcomes.stream()
                .filter(Hunt::hasFailed)
                .filter(outcome -> breaks.shows().isEmpty()
                        ? hasBroken(outcome, breaks.value()[0])
                        : outcome.scenario().id().equals(breaks.shows()))
                .findFirst();
    }
}
