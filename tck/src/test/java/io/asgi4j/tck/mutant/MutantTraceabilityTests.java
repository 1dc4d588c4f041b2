package io.asgi4j.tck.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.requirement.Bound;
import io.asgi4j.tck.requirement.Entries;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenarios.Areas;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Specification and mutants belong together: for each MUST that has a scenario there is a mutant which shows that the scenario can fail.
 *
 * <p>{@code mutants.pending} holds those that still wait for one, {@code mutants.impossible} those of which none can be made, with the
 * reason. {@value #COMMAND} takes lines out of the first file, and never puts one in.
 */
final class MutantTraceabilityTests {
    private static final String COMMAND = "mvn test -pl tck -am -Dtest=MutantTraceabilityTests "
            + "-Dsurefire.failIfNoSpecifiedTests=false -D" + Golden.ACCEPT + "=true";

    private static final Path PENDING = Path.of("mutants.pending");
    private static final Path IMPOSSIBLE = Path.of("mutants.impossible");

    private static final Requirements REQUIREMENTS = Requirements.load();
    private static final List<Scenario> SCENARIOS = Areas.scenarios();
    private static final List<Method> MUTANTS = mutants();
    private static final Set<String> COVERED = SCENARIOS.stream()
            .flatMap(scenario -> scenario.requirements().stream())
            .collect(Collectors.toSet());

    @BeforeAll
    static void acceptIfTold() throws IOException {
        if (Boolean.getBoolean(Golden.ACCEPT)) {
            var pending = new TreeSet<>(pending());
            pending.removeAll(broken());
            pending.removeAll(impossible());
            Files.writeString(
                    PENDING,
                    "# Requirements that wait for their first mutant. This list only shrinks: " + COMMAND + "\n\n"
                            + pending.stream().map(slug -> slug + "\n").collect(Collectors.joining()));
        }
    }

    @Test
    void everyMutantSaysWhatItBreaks() {
        var ids = SCENARIOS.stream().map(Scenario::id).collect(Collectors.toSet());
        var unknown = new ArrayList<String>();
        for (var mutant : MUTANTS) {
            var breaks = Objects.requireNonNull(mutant.getAnnotation(Breaks.class), mutant::toString);
            Stream.of(breaks.value()).filter(slug -> !COVERED.contains(slug)).forEach(unknown::add);
            Stream.of(breaks.also())
                    .filter(name -> !COVERED.contains(name) && !ids.contains(name))
                    .forEach(unknown::add);
            Stream.of(breaks.shows())
                    .filter(id -> !id.isEmpty() && !ids.contains(id))
                    .forEach(unknown::add);
        }
        assertEquals(List.of(), unknown);
    }

    @Test
    void everyMustThatHasAScenarioHasAMutantOrAReasonOrIsStillPending() throws IOException {
        var missing = musts();
        missing.removeAll(broken());
        missing.removeAll(impossible());
        missing.removeAll(pending());
        assertEquals(Set.of(), missing);
    }

    @Test
    void nothingIsPendingThatHasAMutantOrAReason() throws IOException {
        var done = new TreeSet<>(pending());
        var settled = new TreeSet<>(broken());
        settled.addAll(impossible());
        done.retainAll(settled);
        assertEquals(Set.of(), done, COMMAND);
    }

    @Test
    void whatIsImpossibleIsAMustWithAScenarioAndWithoutMutant() throws IOException {
        var wrong = impossible().stream()
                .filter(slug -> !musts().contains(slug) || broken().contains(slug))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyMessageThatIsKeptIsOfAMutant() throws IOException {
        var paths = MUTANTS.stream()
                .map(method ->
                        Golden.of(method.getDeclaringClass(), method.getName()).path())
                .collect(Collectors.toSet());
        try (var files = Files.walk(Golden.ROOT)) {
            assertEquals(
                    List.of(),
                    files.filter(Files::isRegularFile)
                            .filter(file -> !paths.contains(file))
                            .toList());
        }
    }

    private static TreeSet<String> musts() {
        return REQUIREMENTS.all().stream()
                .filter(rule -> rule.level() == Level.MUST && rule.bound() == Bound.SERVER)
                .map(Rule::slug)
                .filter(COVERED::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> broken() {
        return MUTANTS.stream()
                .map(mutant -> mutant.getAnnotation(Breaks.class))
                .filter(Objects::nonNull)
                .flatMap(breaks -> Arrays.stream(breaks.value()))
                .collect(Collectors.toSet());
    }

    private static Set<String> impossible() throws IOException {
        return Entries.parse(IMPOSSIBLE.toString(), Files.readAllLines(IMPOSSIBLE))
                .keySet();
    }

    private static List<String> pending() throws IOException {
        return Files.readAllLines(PENDING).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    /** The mutants of all classes of this package. */
    private static List<Method> mutants() {
        try {
            var here = Path.of(MutantTests.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .resolve(MutantTests.class.getPackageName().replace('.', '/'));
            var mutants = new ArrayList<Method>();
            try (var files = Files.list(here)) {
                for (var name : files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith("MutantTests.class"))
                        .sorted()
                        .toList()) {
                    var type = Class.forName(
                            MutantTests.class.getPackageName() + "." + name.replaceFirst("\\.class$", ""));
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(Test.class))
                            .sorted(Comparator.comparing(Method::getName))
                            .forEach(mutants::add);
                }
            }
            return mutants;
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
