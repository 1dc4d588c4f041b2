package io.asgi4j.tck.report;

import io.asgi4j.tck.run.Status;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The verdict on a profile.
 *
 * @param profile its name
 * @param declared the ids of those of its features that the server declares
 * @param conformance the verdict
 * @param counts how many of its scenarios have which status
 */
public record ProfileResult(
        String profile, List<String> declared, Conformance conformance, Map<Status, Integer> counts) {
    /** Copies the collections. */
    public ProfileResult {
        declared = List.copyOf(declared);
        var copy = new EnumMap<Status, Integer>(Status.class);
        copy.putAll(counts);
        counts = copy;
    }

    @Override
    public Map<Status, Integer> counts() {
        return Map.copyOf(counts);
    }

    /** How many of its scenarios have a status. */
    public int count(Status status) {
        return counts.getOrDefault(status, 0);
    }

    /** How many scenarios it has. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
