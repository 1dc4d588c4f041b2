package io.asgi4j.tck.report;

import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.run.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is known of a server after a run, also after one that found no server.
 *
 * @param kit the version of the kit
 * @param server what was judged
 * @param way how the kit got it, such as {@code in process}
 * @param commandLine what was typed; empty if the run was started in another way
 * @param started when the run began
 * @param duration how long it took
 * @param strict a broken SHOULD was a failure
 * @param declared the ids of the features that the server declares
 * @param problems why the run could not be done, or not to its end, in sentences; empty if it could
 * @param profiles a verdict on each profile
 * @param requirements every requirement of the specification that binds a server
 * @param scenarios every scenario, also those that were not run
 */
public record Report(
        String kit,
        ServerInfo server,
        String way,
        List<String> commandLine,
        Instant started,
        Duration duration,
        boolean strict,
        Set<String> declared,
        List<String> problems,
        List<ProfileResult> profiles,
        List<RequirementResult> requirements,
        List<ScenarioResult> scenarios) {
    /** Copies the collections. */
    public Report {
        commandLine = List.copyOf(commandLine);
        declared = Collections.unmodifiableSet(new TreeSet<>(declared));
        problems = List.copyOf(problems);
        profiles = List.copyOf(profiles);
        requirements = List.copyOf(requirements);
        scenarios = List.copyOf(scenarios);
    }

    /** How many scenarios have which status; statuses that none has are left out. */
    public Map<Status, Integer> counts() {
        return count(scenarios);
    }

    static Map<Status, Integer> count(List<ScenarioResult> scenarios) {
        var counts = new EnumMap<Status, Integer>(Status.class);
        scenarios.forEach(scenario -> counts.merge(scenario.status(), 1, Integer::sum));
        return counts;
    }

    /** The verdict on the server as a whole, which is the one on everything that binds it in the profiles of which it declares something. */
    public Conformance verdict() {
        var undeclared = profiles.stream()
                .filter(profile -> profile.conformance() == Conformance.NOT_DECLARED)
                .map(ProfileResult::profile)
                .collect(Collectors.toSet());
        var binding = scenarios.stream()
                .filter(scenario -> !undeclared.contains(scenario.profile()))
                .filter(scenario ->
                        !scenario.level().isEmpty() || scenario.status().isRed())
                .toList();
        var verdict = Conformance.of(true, count(binding));
        return problems.isEmpty() || verdict == Conformance.NOT_JUDGED ? verdict : Conformance.NOT_CONFORMANT;
    }

    /** Words as somebody would type them into a shell. */
    public static String shell(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[-A-Za-z0-9_./:=,@%+]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    /** Whether the server passed: the run was done, something was judged, and nothing is red. */
    public boolean isGreen() {
        return problems.isEmpty()
                && scenarios.stream().anyMatch(scenario -> scenario.status() == Status.PASS)
                && scenarios.stream().noneMatch(scenario -> scenario.status().isRed());
    }
}
