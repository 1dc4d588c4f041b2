package io.asgi4j.tck.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scenarios that are known to fail on a server, each with a part of its failure's text and a reason.
 *
 * <p>A line of the file is {@code scenario-id | part of the failure | reason}; empty lines and those that begin with {@code #} mean
 * nothing. Listed scenarios are run all the same: one that passes, or fails in another way, or does not exist, is reported.
 */
public final class KnownFailures {
    /** Nothing is known to fail. */
    public static final KnownFailures NONE = new KnownFailures("no file", Map.of());

    /**
     * One line.
     *
     * @param line its number in the file
     * @param fragment what the failure's text contains
     */
    public record Entry(int line, String scenario, String fragment, String reason) {}

    private final String name;
    private final Map<String, Entry> byScenario;

    private KnownFailures(String name, Map<String, Entry> byScenario) {
        this.name = name;
        this.byScenario = byScenario;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or has a line of another form; the message names file and line
     */
    public static KnownFailures read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new IOException("the file of known failures cannot be read: " + e, e);
        }
        return parse(file.toString(), lines);
    }

    /**
     * Reads lines.
     *
     * @param name of the file, for messages
     * @throws IOException if a line has another form
     */
    public static KnownFailures parse(String name, List<String> lines) throws IOException {
        var entries = new LinkedHashMap<String, Entry>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split("\\|", -1);
            if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
                throw new IOException(
                        "%s:%d: write \"scenario-id | part of the failure | reason\", none of them empty, not \"%s\""
                                .formatted(name, i + 1, line));
            }
            var entry = new Entry(i + 1, parts[0].strip(), parts[1].strip(), parts[2].strip());
            var earlier = entries.putIfAbsent(entry.scenario(), entry);
            if (earlier != null) {
                throw new IOException("%s:%d: %s is already in line %d"
                        .formatted(name, entry.line(), entry.scenario(), earlier.line()));
            }
        }
        return new KnownFailures(name, entries);
    }

    /** What is known of a scenario. */
    public Optional<Entry> find(String scenario) {
        return Optional.ofNullable(byScenario.get(scenario));
    }

    /** Sentences about lines whose scenario is none of these. */
    public List<String> unknown(Set<String> scenarios) {
        var problems = new ArrayList<String>();
        var known = new HashSet<>(scenarios);
        for (var entry : byScenario.values()) {
            if (!known.contains(entry.scenario())) {
                problems.add("%s:%d: no scenario is called %s; correct the line or remove it"
                        .formatted(name, entry.line(), entry.scenario()));
            }
        }
        return problems;
    }

    /** Where an entry stands. */
    String place(Entry entry) {
        return name + ":" + entry.line();
    }
}
