package io.asgi4j.tck.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.scenario.Scenario;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AreasTests {
    @Test
    void everyAreaIsListed() throws Exception {
        var listed = new TreeSet<String>();
        Areas.types().forEach(type -> listed.add(type.getSimpleName()));

        assertEquals(areasInTheDirectory(), listed);
    }

    private static TreeSet<String> areasInTheDirectory() throws Exception {
        var directory = directory();
        try (var files = Files.list(directory)) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[A-Za-z0-9]+Tck\\.class"))
                    .forEach(name -> names.add(name.replace(".class", "")));
            return names;
        }
    }

    private static Path directory() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Areas.class.getResource("Areas.class"))
                        .toURI())
                .resolveSibling("");
    }

    /** Whoever copies the recipe runs them all. */
    @Test
    void everyAreaStandsInTheReadme() throws Exception {
        var readme = Files.readString(Path.of("README.md"));
        for (var area : Areas.types()) {
            var name = area.getSimpleName();
            assertTrue(
                    readme.contains("\nfinal class %s extends %s {}\n".formatted(name.replace("Tck", "Tests"), name)),
                    name);
        }
    }

    @Test
    void noTestCanBeOverridden() {
        for (var area : Areas.types()) {
            assertTrue(Modifier.isAbstract(area.getModifiers()), area::getName);
            Arrays.stream(area.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .forEach(method -> assertTrue(Modifier.isFinal(method.getModifiers()), method::toString));
        }
    }

    @Test
    void everyScenarioSaysWhatItExpects() {
        for (var scenario : Areas.scenarios()) {
            var looks = !scenario.client().isEmpty()
                    || !scenario.trace().isEmpty()
                    || scenario.start().refused();
            assertTrue(looks, scenario::id);
        }
    }

    @Test
    void idsAreUnique() {
        var ids = new HashSet<String>();

        assertTrue(Areas.scenarios().stream().map(Scenario::id).allMatch(ids::add));
    }
}
