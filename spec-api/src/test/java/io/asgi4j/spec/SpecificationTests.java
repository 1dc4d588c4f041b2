package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SPEC.md keeps the form that its first section promises, and agrees with the types. */
class SpecificationTests {
    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    private static final Pattern LEVEL = Pattern.compile("\\b(MUST|SHOULD|MAY)\\b( NOT)?");
    private static final Pattern SENTENCE = Pattern.compile("> (A server|An application|A middleware) .*\\.");
    private static final Pattern ORIGIN = Pattern.compile("origin: (asgi( \\d+\\.\\d+)?|asgi4j) · since: \\d+\\.\\d+");
    private static final Pattern CITATIONS = Pattern.compile("<p>Rules:((?:[\\s*,]|\\{@code [^}]+})+)\\.");
    private static final Pattern CITATION = Pattern.compile("\\{@code ([^}]+)}");

    private static final Pattern NAME_ROW = Pattern.compile("\\| `([a-z._]+)` \\| `(\\w+)` \\|");
    private static final Pattern NAMED_EVENT = Pattern.compile("`([a-z._]+)` is `(\\w+)`");

    private static List<String> lines = List.of();
    private static List<Requirement> requirements = List.of();

    private record Requirement(String slug, String sentence, String origin) {}

    @BeforeAll
    static void read() throws IOException {
        lines = Files.readAllLines(Path.of("SPEC.md")).stream()
                .filter(line -> !line.isBlank())
                .toList();
        var found = new ArrayList<Requirement>();
        for (int i = 0; i < lines.size() - 2; i++) {
            if (lines.get(i).startsWith("### ")) {
                found.add(new Requirement(lines.get(i).substring(4), lines.get(i + 1), lines.get(i + 2)));
            }
        }
        requirements = List.copyOf(found);
    }

    @Test
    void everyRequirementHasTheDocumentedForm() {
        assertFalse(requirements.isEmpty());
        for (var requirement : requirements) {
            assertTrue(SLUG.matcher(requirement.slug()).matches(), requirement::slug);
            assertTrue(SENTENCE.matcher(requirement.sentence()).matches(), requirement::slug);
            assertEquals(1, LEVEL.matcher(requirement.sentence()).results().count(), requirement::slug);
            assertTrue(ORIGIN.matcher(requirement.origin()).matches(), requirement::slug);
        }
    }

    @Test
    void everySlugIsUnique() {
        var seen = new HashSet<String>();
        for (var requirement : requirements) {
            assertTrue(seen.add(requirement.slug()), requirement::slug);
        }
    }

    @Test
    void nothingIsNormativeOutsideARequirement() {
        var quotes = lines.stream().filter(line -> line.startsWith("> ")).count();
        assertEquals(requirements.size(), quotes);
    }

    @Test
    void everyRuleThatTheJavadocCitesExists() throws IOException {
        var slugs = requirements.stream().map(Requirement::slug).collect(Collectors.toSet());
        var unknown = new TreeSet<String>();
        var count = 0;
        for (var source : sources()) {
            for (var slug : citations(Files.readString(source))) {
                count++;
                if (!slugs.contains(slug)) {
                    unknown.add(source.getFileName() + " cites " + slug);
                }
            }
        }
        assertEquals(Set.of(), unknown);
        assertTrue(count > 0);
    }

    @Test
    void everyScopeAndEventAndEachOfTheirComponentsIsMapped() {
        var table = String.join("\n", lines);
        types().forEach(type -> {
            assertTrue(table.contains("`" + type.getSimpleName() + "`"), type::getSimpleName);
            for (var component : type.getRecordComponents()) {
                assertTrue(isMapped(component), () -> type.getSimpleName() + "." + component.getName());
            }
        });
    }

    @Test
    void everyEventIsMappedToItsWireName() {
        var mapped = new HashMap<String, String>();
        for (var line : lines) {
            var row = NAME_ROW.matcher(line);
            if (row.matches()) {
                mapped.put(row.group(1), row.group(2));
            } else if (line.startsWith("|")) {
                NAMED_EVENT.matcher(line).results().forEach(named -> mapped.put(named.group(1), named.group(2)));
            }
        }
        assertEquals(
                Examples.EVENTS.stream()
                        .collect(Collectors.toMap(
                                Event::type, event -> event.getClass().getSimpleName())),
                mapped);
    }

    @Test
    void everyExtensionIsMappedToItsName() {
        for (var extension : Examples.EXTENSIONS) {
            var row = Pattern.compile("\\| `%s`[^|]*\\| `%s` \\|.*"
                    .formatted(
                            Pattern.quote(extension.name()),
                            extension.getClass().getSimpleName()));
            assertTrue(lines.stream().anyMatch(line -> row.matcher(line).matches()), extension::name);
        }
    }

    @Test
    void everyPublicTypeCitesItsRules() throws IOException {
        var silent = new TreeSet<String>();
        for (var source : sources()) {
            var text = Files.readString(source);
            if (text.contains("\npublic ") && citations(text).isEmpty()) {
                silent.add(source.getFileName().toString());
            }
        }
        // what these are follows from the types that are made of them
        assertEquals(Set.of("Event.java", "TcpAddress.java", "UnixAddress.java"), silent);
    }

    private static boolean isMapped(RecordComponent component) {
        return lines.stream()
                .anyMatch(line -> line.startsWith("|") && line.contains("`" + component.getName() + "` |"));
    }

    private static Stream<Class<?>> types() {
        return Stream.of(Scope.class, InboundEvent.class, OutboundEvent.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(Class::isRecord);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> citations(String source) {
        return CITATIONS
                .matcher(source)
                .results()
                .flatMap(rules -> CITATION.matcher(rules.group(1)).results())
                .map(rule -> rule.group(1))
                .toList();
    }
}
