package io.asgi4j.tck.requirement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All requirements, in the order of the documents in which they stand. */
public final class Requirements {
    /** What ASGI says and asgi4j decides, and what the RFCs of HTTP/1.1 and WebSocket say. */
    private static final List<String> DOCUMENTS = List.of("SPEC.md", "WIRE.md");

    private final Map<String, Rule> bySlug;

    private Requirements(Map<String, Rule> bySlug) {
        this.bySlug = bySlug;
    }

    /** Those of the documents that the kit was built with. */
    public static Requirements load() {
        var found = new LinkedHashMap<String, Rule>();
        for (var document : DOCUMENTS) {
            for (var rule : parse(document, Resources.lines(document)).all()) {
                if (found.put(rule.slug(), rule) != null) {
                    throw new MalformedFileException(document + ": another document has a requirement " + rule.slug());
                }
            }
        }
        return new Requirements(found);
    }

    /**
     * Reads the lines of a document.
     *
     * @param document its name, for messages
     * @throws MalformedFileException if a requirement lacks a part, or there is none
     */
    public static Requirements parse(String document, List<String> lines) {
        return new Requirements(new RuleReader(document, lines).rules());
    }

    /** All of them. */
    public Collection<Rule> all() {
        return List.copyOf(bySlug.values());
    }

    /** The one of that name. */
    public Optional<Rule> find(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }
}
