package io.asgi4j.tck.requirement;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** All requirements, in the order of the specification. */
public final class Requirements {
    private static final String SPECIFICATION = "SPEC.md";

    private static final String SECTION = "## ";
    private static final String REQUIREMENT = "### ";

    private static final Pattern SLUG = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");
    private static final Pattern SENTENCE = Pattern.compile("> (An? (server|application|middleware) .*)");
    private static final Pattern LEVEL = Pattern.compile("\\b(MUST|SHOULD|MAY)\\b");
    private static final Pattern ORIGIN =
            Pattern.compile("origin: (?:(asgi)(?: (\\d+\\.\\d+))?|asgi4j) · since: (\\d+\\.\\d+)");

    private final Map<String, Rule> bySlug;

    private Requirements(Map<String, Rule> bySlug) {
        this.bySlug = bySlug;
    }

    /** Those of the specification that the kit was built with. */
    public static Requirements load() {
        return parse(Resources.lines(SPECIFICATION));
    }

    /**
     * Reads the lines of a specification.
     *
     * @throws MalformedFileException if a requirement lacks a part, or there is none
     */
    public static Requirements parse(List<String> lines) {
        var found = new LinkedHashMap<String, Rule>();
        var section = "";
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith(SECTION)) {
                section = line.substring(SECTION.length());
            } else if (line.startsWith(REQUIREMENT)) {
                var rule = rule(section, line.substring(REQUIREMENT.length()), i + 1, below(lines, i));
                if (found.put(rule.slug(), rule) != null) {
                    throw malformed(i + 1, "there are two requirements " + rule.slug());
                }
            }
        }
        if (found.isEmpty()) {
            throw new MalformedFileException(SPECIFICATION + " has no requirements");
        }
        return new Requirements(found);
    }

    /** What stands between a heading and the next one. */
    private static List<String> below(List<String> lines, int heading) {
        return lines.stream()
                .skip(heading + 1L)
                .takeWhile(line -> !line.startsWith(SECTION) && !line.startsWith(REQUIREMENT))
                .toList();
    }

    private static Rule rule(String section, String slug, int line, List<String> below) {
        var parts = below.stream().filter(part -> !part.isBlank()).toList();
        if (!SLUG.matcher(slug).matches()) {
            throw malformed(line, "a slug is lower-case words with dots and hyphens: " + slug);
        }
        if (parts.size() < 2) {
            throw malformed(line, slug + " ends before its sentence and its origin");
        }
        var sentence = SENTENCE.matcher(parts.get(0));
        if (!sentence.matches()) {
            throw malformed(line, slug + " has no sentence that begins with \"> A server\" or the like");
        }
        var levels = LEVEL.matcher(sentence.group(1)).results().toList();
        if (levels.size() != 1) {
            throw malformed(line, slug + " needs exactly one of MUST, SHOULD and MAY");
        }
        var origin = ORIGIN.matcher(parts.get(1));
        if (!origin.matches()) {
            throw malformed(line, slug + " lacks its line \"origin: … · since: …\"");
        }
        return new Rule(
                slug,
                section,
                sentence.group(1),
                Level.valueOf(levels.getFirst().group()),
                bound(sentence.group(2)),
                origin.group(1) == null ? Origin.ASGI4J : Origin.ASGI,
                Objects.requireNonNullElse(origin.group(2), ""),
                origin.group(3),
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

    private static MalformedFileException malformed(int line, String what) {
        return new MalformedFileException(SPECIFICATION + ", line " + line + ": " + what);
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
