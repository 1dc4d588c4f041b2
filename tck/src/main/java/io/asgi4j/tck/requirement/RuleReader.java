package io.asgi4j.tck.requirement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads the requirements of a document, of which SPEC.md says the form. Used by one thread. */
final class RuleReader {
    private static final String SECTION = "## ";
    private static final String REQUIREMENT = "### ";

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    private static final Pattern SENTENCE = Pattern.compile("> (An? (server|application|middleware) .*)");
    private static final Pattern LEVEL = Pattern.compile("\\b(MUST|SHOULD|MAY)\\b");

    private static final Pattern ORIGIN =
            Pattern.compile("origin: (asgi4j|asgi(?: \\d+\\.\\d+)?|RFC \\d+, \\d+(?:\\.\\d+)*) · since: (\\d+\\.\\d+)");

    private final String document;
    private final List<String> lines;

    RuleReader(String document, List<String> lines) {
        this.document = document;
        this.lines = lines;
    }

    /** All of them by their slugs, in order. */
    Map<String, Rule> rules() {
        var found = new LinkedHashMap<String, Rule>();
        var section = "";
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith(SECTION)) {
                section = line.substring(SECTION.length());
            } else if (line.startsWith(REQUIREMENT)) {
                var rule = rule(section, line.substring(REQUIREMENT.length()), i);
                if (found.put(rule.slug(), rule) != null) {
                    throw malformed(i, "there are two requirements " + rule.slug());
                }
            }
        }
        if (found.isEmpty()) {
            throw new MalformedFileException(document + " has no requirements");
        }
        return found;
    }

    /** What stands between a heading and the next one. */
    private List<String> below(int heading) {
        return lines.stream()
                .skip(heading + 1L)
                .takeWhile(line -> !line.startsWith(SECTION) && !line.startsWith(REQUIREMENT))
                .toList();
    }

    private Rule rule(String section, String slug, int heading) {
        var below = below(heading);
        var parts = below.stream().filter(part -> !part.isBlank()).toList();
        if (!SLUG.matcher(slug).matches()) {
            throw malformed(heading, "a slug is lower-case words with dots and hyphens: " + slug);
        }
        if (parts.size() < 2) {
            throw malformed(heading, slug + " ends before its sentence and its origin");
        }
        var sentence = SENTENCE.matcher(parts.get(0));
        if (!sentence.matches()) {
            throw malformed(heading, slug + " has no sentence that begins with \"> A server\" or the like");
        }
        var levels = LEVEL.matcher(sentence.group(1)).results().toList();
        if (levels.size() != 1) {
            throw malformed(heading, slug + " needs exactly one of MUST, SHOULD and MAY");
        }
        var origin = ORIGIN.matcher(parts.get(1));
        if (!origin.matches()) {
            throw malformed(heading, slug + " lacks its line \"origin: … · since: …\"");
        }
        var source = origin.group(1).split(" ", 2);
        return new Rule(
                slug,
                section,
                sentence.group(1),
                Level.valueOf(levels.getFirst().group()),
                bound(sentence.group(2)),
                origin(source[0]),
                source.length == 1 ? "" : source[1],
                origin.group(2),
                explanation(below, parts.get(1)));
    }

    /** What comes after the line about the origin. */
    private static String explanation(List<String> below, String origin) {
        return String.join("\n", below.subList(below.indexOf(origin) + 1, below.size()))
                .strip();
    }

    private static Bound bound(String subject) {
        for (var bound : Bound.values()) {
            if (bound.toString().equals(subject)) {
                return bound;
            }
        }
        throw new AssertionError(subject);
    }

    private static Origin origin(String name) {
        for (var origin : Origin.values()) {
            if (origin.toString().equals(name)) {
                return origin;
            }
        }
        throw new AssertionError(name);
    }

    private MalformedFileException malformed(int line, String what) {
        return new MalformedFileException("%s, line %d: %s".formatted(document, line + 1, what));
    }
}
