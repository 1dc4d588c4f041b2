package io.asgi4j.tck.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenarios.Areas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Specification and scenarios belong together: no rule is forgotten, and none changes behind its scenarios' back.
 *
 * <p>{@code requirements.lock} holds what each sentence said when somebody last looked at its scenarios, {@code requirements.pending}
 * the rules that still wait for their first one. After looking, {@value #COMMAND} brings both up to date; it takes lines out of the
 * second file, and never puts one in.
 */
class TraceabilityTests {
    private static final String ACCEPT = "asgi4j.tck.accept";
    private static final String COMMAND = "mvn test -pl tck -am -Dtest=TraceabilityTests "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + ACCEPT + "=true";

    private static final Path LOCK = Path.of("requirements.lock");
    private static final Path PENDING = Path.of("requirements.pending");

    private static final Requirements REQUIREMENTS = Requirements.load();
    private static final List<Scenario> SCENARIOS = Areas.scenarios();
    private static final Set<String> COVERED = SCENARIOS.stream()
            .flatMap(scenario -> scenario.requirements().stream())
            .collect(Collectors.toSet());

    @BeforeAll
    static void acceptIfTold() throws IOException {
        if (Boolean.getBoolean(ACCEPT)) {
            var pending = new TreeSet<>(pending());
            pending.retainAll(uncovered());
            Files.writeString(
                    PENDING,
                    "# Requirements that wait for their first scenario. This list only shrinks: " + COMMAND + "\n\n"
                            + pending.stream().map(slug -> slug + "\n").collect(Collectors.joining()));
            Files.writeString(
                    LOCK,
                    "# What each sentence said when its scenarios were last looked at: " + COMMAND + "\n\n"
                            + fingerprints().entrySet().stream()
                                    .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                                    .collect(Collectors.joining()));
        }
    }

    @Test
    void everyScenarioIsAboutKnownRequirements() {
        var unknown = new TreeMap<String, String>();
        for (var scenario : SCENARIOS) {
            for (var slug : scenario.requirements()) {
                if (REQUIREMENTS.find(slug).isEmpty()) {
                    unknown.put(scenario.id(), slug);
                }
            }
        }
        assertEquals(Map.of(), unknown);
    }

    @Test
    void everyUntestableRequirementExistsAndHasNoScenario() {
        var wrong = Untestable.load().keySet().stream()
                .filter(slug -> COVERED.contains(slug)
                        || REQUIREMENTS.find(slug).filter(Rule::isToBeJudged).isEmpty())
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyMustAndShouldHasAScenarioOrAReasonOrIsStillPending() throws IOException {
        assertEquals(
                String.join("\n", uncovered()),
                String.join("\n", pending()),
                PENDING + " must list exactly what has no scenario and no reason; if scenarios were added: " + COMMAND);
    }

    @Test
    void noSentenceChangesWithoutALookAtItsScenarios() throws IOException {
        assertEquals(
                lines(fingerprints()),
                lines(Entries.parse(LOCK.toString(), Files.readAllLines(LOCK))),
                "look at the scenarios of the sentences that differ, then: " + COMMAND);
    }

    private static String lines(SortedMap<String, String> entries) {
        return entries.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining("\n"));
    }

    private static TreeSet<String> uncovered() {
        var untestable = Untestable.load().keySet();
        return REQUIREMENTS.all().stream()
                .filter(Rule::isToBeJudged)
                .map(Rule::slug)
                .filter(slug -> !COVERED.contains(slug) && !untestable.contains(slug))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> pending() throws IOException {
        return Files.readAllLines(PENDING).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static SortedMap<String, String> fingerprints() {
        var fingerprints = new TreeMap<String, String>();
        for (var slug : COVERED) {
            REQUIREMENTS.find(slug).ifPresent(rule -> fingerprints.put(slug, fingerprint(rule.sentence())));
        }
        return fingerprints;
    }

    /** Enough of a hash to notice any change. */
    private static String fingerprint(String sentence) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(sentence.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
