package io.asgi4j.tck.report;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.Profile;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.report.RequirementResult.State;
import io.asgi4j.tck.report.ScenarioResult.InApplication;
import io.asgi4j.tck.report.ScenarioResult.Kind;
import io.asgi4j.tck.report.ScenarioResult.OnWire;
import io.asgi4j.tck.requirement.Bound;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.run.Evidence;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunResult;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.wire.Transcript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sums up what a run found out. */
public final class Reporter {
    private final Requirements requirements;
    private final Map<String, String> untestable;
    private final UnaryOperator<String> rerun;

    /**
     * Makes a reporter.
     *
     * @param untestable reasons by slug
     * @param rerun makes the command line that runs the scenario of an id once more
     */
    public Reporter(Requirements requirements, Map<String, String> untestable, UnaryOperator<String> rerun) {
        this.requirements = requirements;
        this.untestable = Map.copyOf(untestable);
        this.rerun = rerun;
    }

    /**
     * The report on a run.
     *
     * @param kit the version of the kit
     * @param commandLine what was typed; empty if the run was started in another way
     */
    public Report report(RunResult run, String kit, List<String> commandLine) {
        var scenarios = scenarios(run.outcomes());
        var problems = new ArrayList<String>();
        if (!run.bootstrapFailure().isEmpty()) {
            problems.add(run.bootstrapFailure());
        }
        problems.addAll(run.problems());
        return new Report(
                kit,
                server(run),
                run.way(),
                commandLine,
                run.started(),
                run.duration(),
                run.strict(),
                run.features().stream().map(Feature::id).collect(Collectors.toSet()),
                problems,
                profiles(run.features(), scenarios),
                requirements(scenarios),
                scenarios);
    }

    /** What the server is called, and what it says of itself by way of the application. */
    private static ServerInfo server(RunResult run) {
        var server = run.server().orElse(ServerInfo.of("no server", ""));
        var details = new HashMap<>(server.details());
        run.hello().ifPresent(hello -> {
            details.put("application", hello.application() + ", " + hello.language());
            details.put("ASGI", hello.asgiVersion() + ", HTTP and WebSocket " + hello.specVersion());
        });
        return new ServerInfo(server.name(), server.version(), details);
    }

    private List<ScenarioResult> scenarios(List<Outcome> outcomes) {
        return outcomes.stream().map(this::scenario).toList();
    }

    private ScenarioResult scenario(Outcome outcome) {
        var scenario = outcome.scenario();
        var evidence = outcome.evidence();
        return new ScenarioResult(
                scenario.id(),
                scenario.title(),
                scenario.area(),
                profile(scenario).toString(),
                scenario.requirements(),
                outcome.level().map(Level::name).orElse(""),
                outcome.status(),
                outcome.reason(),
                outcome.passedAlone(),
                outcome.duration(),
                scenario.application(),
                scenario.client().stream().map(ClientStep::words).toList(),
                outcome.checks(),
                evidence.wire().stream().map(Reporter::onWire).toList(),
                trace(evidence),
                evidence.curl(),
                rerun.apply(scenario.id()),
                outcome.message());
    }

    /** The last of the profiles of what a scenario is about and what it needs. */
    public static Profile profile(Scenario scenario) {
        return Stream.of(
                        scenario.requirements().stream().flatMap(slug -> Profile.ofRequirement(slug).stream()),
                        scenario.needs().stream().map(Feature::profile),
                        scenario.start().neededOptions().stream().map(StartOption::profile))
                .flatMap(Function.identity())
                .max(Comparator.naturalOrder())
                .orElse(Profile.CORE_HTTP);
    }

    private static OnWire onWire(Transcript.Entry entry) {
        var kind = switch (entry) {
            case Transcript.Note note -> Kind.NOTE;
            case Transcript.Data data -> data.direction() == Transcript.Direction.SENT ? Kind.SENT : Kind.RECEIVED;
            case Transcript.Told told -> told.direction() == Transcript.Direction.SENT ? Kind.SENT : Kind.RECEIVED;
        };
        return new OnWire(rounded(entry.nanos() / 1e6), entry.connection(), kind, entry.lines());
    }

    private static List<InApplication> trace(Evidence evidence) {
        return Stream.concat(evidence.trace().entries().stream(), evidence.lifespan().stream())
                .map(entry -> new InApplication(rounded(evidence.millis(entry)), entry))
                .toList();
    }

    /** Hundredths of a millisecond are what the clocks are good for. */
    private static double rounded(double millis) {
        return Math.round(millis * 100) / 100.0;
    }

    /** The verdict on each profile. */
    static List<ProfileResult> profiles(Set<Feature> declared, List<ScenarioResult> scenarios) {
        return Arrays.stream(Profile.values())
                .map(profile -> profile(profile, declared, scenarios))
                .toList();
    }

    private static ProfileResult profile(Profile profile, Set<Feature> declared, List<ScenarioResult> scenarios) {
        var offered =
                profile.features().stream().filter(declared::contains).sorted().toList();
        var mine = scenarios.stream()
                .filter(scenario -> scenario.profile().equals(profile.toString()))
                .filter(scenario ->
                        !scenario.level().isEmpty() || scenario.status().isRed())
                .toList();
        var counts = Report.count(mine);
        return new ProfileResult(
                profile.toString(),
                offered.stream().map(Feature::id).toList(),
                Conformance.of(!offered.isEmpty(), counts),
                counts);
    }

    /** What became of each requirement that binds a server. */
    List<RequirementResult> requirements(List<ScenarioResult> scenarios) {
        var bySlug = new HashMap<String, List<ScenarioResult>>();
        for (var scenario : scenarios) {
            for (var slug : scenario.requirements()) {
                bySlug.merge(
                        slug,
                        List.of(scenario),
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).toList());
            }
        }
        return requirements.all().stream()
                .filter(rule -> rule.bound() == Bound.SERVER)
                .map(rule -> requirement(rule, bySlug.getOrDefault(rule.slug(), List.of())))
                .toList();
    }

    private RequirementResult requirement(Rule rule, List<ScenarioResult> about) {
        var reason = untestable.getOrDefault(rule.slug(), "");
        var state = about.stream()
                .map(scenario -> state(rule.slug(), scenario))
                .min(State::compareTo)
                .orElse(reason.isEmpty() ? State.WITHOUT_SCENARIO : State.UNTESTABLE);
        return new RequirementResult(
                rule, state, reason, about.stream().map(ScenarioResult::id).toList());
    }

    /** A scenario that failed for another requirement says nothing bad about this one. */
    private static State state(String slug, ScenarioResult scenario) {
        var broken = Check.broken(scenario.checks(), scenario.requirements());
        return switch (scenario.status()) {
            case FAIL, KNOWN_FAILURE, WARN ->
                broken.isEmpty() || broken.contains(slug) ? state(scenario.status()) : State.KEPT;
            case PASS, FIXED, NOT_DECLARED, NOT_TESTABLE, NOT_RUN, ERROR -> state(scenario.status());
        };
    }

    private static State state(Status status) {
        return switch (status) {
            case FAIL -> State.BROKEN;
            case KNOWN_FAILURE -> State.KNOWN_BROKEN;
            case WARN -> State.DOUBTFUL;
            case PASS, FIXED -> State.KEPT;
            case NOT_DECLARED, NOT_TESTABLE, NOT_RUN, ERROR -> State.NOT_JUDGED;
        };
    }
}
