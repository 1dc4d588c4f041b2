package io.asgi4j.tck.run;

import io.asgi4j.tck.control.ControlException;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a scenario on a server.
 *
 * @param checks what was looked at
 * @param evidence what was seen
 * @param error why the kit could not go on; empty if it could
 */
record Attempt(List<Check> checks, Evidence evidence, String error) {
    /** Copies the list. */
    Attempt {
        checks = List.copyOf(checks);
    }

    boolean passed() {
        return error.isEmpty() && checks.stream().allMatch(Check::passed);
    }

    /** The same, and before it these checks. */
    Attempt after(List<Check> earlier) {
        var all = new ArrayList<>(earlier);
        all.addAll(checks);
        return new Attempt(all, evidence, error);
    }

    /**
     * Runs a scenario; {@code number} tells its attempts apart.
     *
     * @throws LostServerException if the application that has the script is not the one that was asked later
     */
    static Attempt run(Scenario scenario, int number, Target target, Limits limits)
            throws InterruptedException, LostServerException {
        var zero = System.nanoTime();
        var transcript = new Transcript(() -> System.nanoTime() - zero);
        var wireId = WireId.of(scenario.id(), number);
        var script = new Script(scenario.application().calls(), scenario.stopsServer());
        var checks = new ArrayList<Check>();
        var trace = TraceView.EMPTY;
        var lifespan = List.<TraceEntry>of();
        var curl = List.<String>of();
        var error = "";
        try (var client = new ClientRun(target, wireId, limits, transcript)) {
            try {
                install(target, wireId, script);
                var wentThrough = client.perform(scenario.client());
                checks.addAll(client.checks());
                curl = CurlLines.of(target, wireId, script, scenario.client(), client.written());
                if (client.hasStoppedServer()) {
                    client.awaitStopped();
                    trace = new TraceView(target.server().trace(wireId), List.of());
                } else {
                    trace = TraceWatch.settled(
                            target.control(),
                            wireId,
                            scenario.trace(),
                            client.facts(),
                            wentThrough ? limits.within() : limits.quiet(),
                            limits.quiet());
                }
                checks.addAll(ofTrace(scenario, trace, client));
                if (!scenario.lifespan().isEmpty()) {
                    client.awaitStopped();
                    lifespan = target.server().lifespan();
                    checks.addAll(ofLifespan(scenario, new TraceView(lifespan, List.of()), client));
                }
                if (!scenario.reported().isEmpty()) {
                    client.awaitStopped();
                    checks.addAll(ofReports(scenario, target.server().told()));
                }
            } catch (ControlException e) {
                if (e.isUnknownScenario()) {
                    throw LostServerException.severalProcesses();
                }
                error = "the application could not be asked: " + e.getMessage();
            } catch (IOException e) {
                error = "the application could not be asked: " + e.getMessage();
            }
            if (!client.hasStoppedServer()) {
                delete(target, wireId);
            }
        }
        var evidence = new Evidence(
                transcript.entries(),
                trace,
                lifespan,
                (target.hello().clock().epochNanos() - zero) / 1e6,
                target.hello().clock().precisionMillis(),
                curl,
                scenario.needsOwnServer() ? target.server().output() : "");
        return new Attempt(checks, evidence, error);
    }

    /** The attempt of a scenario whose own server has not started. */
    static Attempt withoutServer(Scenario scenario, LaunchException failure) {
        var checks = new ArrayList<Check>();
        checks.add(new Check(
                "server",
                scenario.start().refused() ? "that it refuses to start" : "that it starts",
                String.valueOf(failure.getMessage()),
                scenario.start().refused() && failure.isRefused()));
        checks.addAll(ofReports(scenario, failure.output()));
        return new Attempt(checks, Evidence.NONE.withOutput(failure.output()), "");
    }

    /** The attempt of a scenario whose server should have refused to start. */
    static Attempt withServer() {
        return new Attempt(
                List.of(Check.failed("server", "that it refuses to start", "it started")), Evidence.NONE, "");
    }

    private static List<Check> ofReports(Scenario scenario, String output) {
        return scenario.reported().stream()
                .map(text -> new Check(
                        "server",
                        "that it tells its operator: " + text,
                        output.contains(text) ? "it does" : "it does not",
                        output.contains(text)))
                .toList();
    }

    private static List<Check> ofTrace(Scenario scenario, TraceView trace, ClientRun client) {
        var checks = new ArrayList<Check>();
        scenario.trace().forEach(matcher -> checks.add(matcher.check("application", trace, client.facts())));
        var isAboutAbsence = scenario.trace().stream().anyMatch(matcher -> matcher.isAboutAbsence());
        if (isAboutAbsence && !trace.allCallsEnded()) {
            checks.add(Check.failed("application", "that its call ends", trace.summary()));
        }
        return checks;
    }

    private static List<Check> ofLifespan(Scenario scenario, TraceView trace, ClientRun client) {
        var checks = new ArrayList<Check>();
        scenario.lifespan().forEach(matcher -> checks.add(matcher.check("lifespan", trace, client.facts())));
        return checks;
    }

    /** A scenario of an earlier run that was cut off may still be there. */
    private static void install(Target target, String wireId, Script script) throws IOException {
        try {
            target.control().install(wireId, script);
        } catch (ControlException e) {
            if (!e.isKnownScenario()) {
                throw e;
            }
            target.control().delete(wireId);
            target.control().install(wireId, script);
        }
    }

    /** Whether it is gone does not change how the scenario went; if it is not, the server is likely gone, as the next one tells. */
    private static void delete(Target target, String wireId) {
        try {
            target.control().delete(wireId);
        } catch (IOException e) {
            // said above
        }
    }
}
