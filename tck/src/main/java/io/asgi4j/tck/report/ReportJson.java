package io.asgi4j.tck.report;

import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.requirement.Bound;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Origin;
import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as JSON: {@code report.json}. */
public final class ReportJson {
    /** The version of the form. It grows when a reader of the version before would misunderstand a report. */
    public static final int SCHEMA = 2;

    private static final String FORM = "asgi4j-tck report";

    private ReportJson() {}

    /** {@return the text of a report} */
    public static String write(Report report) {
        var json = Json.object().put("form", FORM).put("schema", SCHEMA).put("kit", report.kit());
        var server = json.putObject("implementation")
                .put("name", report.server().name())
                .put("version", report.server().version());
        report.server().details().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(detail -> server.withObject("/details").put(detail.getKey(), detail.getValue()));
        json.put("way", report.way());
        texts(json, "command_line", report.commandLine());
        json.put("started", report.started().toString())
                .put("ms", report.duration().toMillis())
                .put("strict", report.strict())
                .put("green", report.isGreen())
                .put("verdict", report.verdict().toString());
        texts(json, "declared", report.declared());
        texts(json, "problems", report.problems());
        counts(json, report.counts());
        var profiles = json.putArray("profiles");
        report.profiles().forEach(profile -> profiles.add(write(profile)));
        var requirements = json.putArray("requirements");
        report.requirements().forEach(requirement -> requirements.add(write(requirement)));
        var scenarios = json.putArray("scenarios");
        report.scenarios().forEach(scenario -> scenarios.add(ScenarioJson.write(scenario)));
        return Json.writePretty(json) + "\n";
    }

    private static ObjectNode write(ProfileResult profile) {
        var json = Json.object().put("profile", profile.profile());
        texts(json, "declared", profile.declared());
        json.put("verdict", profile.conformance().toString());
        counts(json, profile.counts());
        return json;
    }

    private static ObjectNode write(RequirementResult requirement) {
        var rule = requirement.rule();
        var json = Json.object()
                .put("slug", rule.slug())
                .put("section", rule.section())
                .put("sentence", rule.sentence())
                .put("level", rule.level().name())
                .put("origin", rule.origin().toString())
                .put("reference", rule.reference())
                .put("since", rule.since())
                .put("state", requirement.state().name());
        if (!requirement.reason().isEmpty()) {
            json.put("reason", requirement.reason());
        }
        texts(json, "scenarios", requirement.scenarios());
        return json;
    }

    private static void counts(ObjectNode json, Map<Status, Integer> counts) {
        var object = json.putObject("counts");
        new EnumMap<>(counts.isEmpty() ? Map.of(Status.PASS, 0) : counts)
                .forEach((status, count) -> object.put(status.name(), count));
    }

    static void texts(ObjectNode json, String key, Iterable<String> texts) {
        var array = json.putArray(key);
        texts.forEach(array::add);
    }

    /**
     * Reads a file.
     *
     * @throws ReportFormatException if it is missing, empty, no report, or one of a later form
     * @throws IOException if it cannot be read
     */
    public static Report read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ReportFormatException("there is no report " + file, e);
        }
        if (text.isBlank()) {
            throw new ReportFormatException("the report " + file + " is empty");
        }
        try {
            return read(Json.read(text));
        } catch (ScriptException | JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new ReportFormatException(file + " is no report: " + e.getMessage(), e);
        }
    }

    private static Report read(JsonNode json) {
        if (!json.path("form").asString("").equals(FORM)) {
            throw new IllegalArgumentException("it lacks \"form\": \"" + FORM + "\"");
        }
        var schema = json.path("schema").asInt(0);
        if (schema != SCHEMA) {
            throw new IllegalArgumentException(
                    "its form is version %d, and this kit reads version %d".formatted(schema, SCHEMA));
        }
        var server = json.required("implementation");
        return new Report(
                text(json, "kit"),
                new ServerInfo(text(server, "name"), text(server, "version"), details(server.path("details"))),
                text(json, "way"),
                texts(json, "command_line"),
                Instant.parse(text(json, "started")),
                Duration.ofMillis(json.required("ms").asLong()),
                json.required("strict").asBoolean(),
                Set.copyOf(new TreeSet<>(texts(json, "declared"))),
                texts(json, "problems"),
                each(json, "profiles").map(ReportJson::profile).toList(),
                each(json, "requirements").map(ReportJson::requirement).toList(),
                each(json, "scenarios").map(ScenarioJson::read).toList());
    }

    private static Map<String, String> details(JsonNode json) {
        var details = new LinkedHashMap<String, String>();
        json.properties()
                .forEach(
                        detail -> details.put(detail.getKey(), detail.getValue().asString()));
        return details;
    }

    private static ProfileResult profile(JsonNode json) {
        var counts = new EnumMap<Status, Integer>(Status.class);
        json.required("counts")
                .properties()
                .forEach(count -> counts.put(
                        Status.valueOf(count.getKey()), count.getValue().asInt()));
        counts.values().removeIf(count -> count == 0);
        return new ProfileResult(
                text(json, "profile"),
                texts(json, "declared"),
                Conformance.valueOf(
                        text(json, "verdict").toUpperCase(Locale.ROOT).replace(' ', '_')),
                counts);
    }

    private static RequirementResult requirement(JsonNode json) {
        var rule = new Rule(
                text(json, "slug"),
                text(json, "section"),
                text(json, "sentence"),
                Level.valueOf(text(json, "level")),
                Bound.SERVER,
                Origin.valueOf(text(json, "origin").toUpperCase(Locale.ROOT)),
                text(json, "reference"),
                text(json, "since"),
                "");
        return new RequirementResult(
                rule,
                RequirementResult.State.valueOf(text(json, "state")),
                json.path("reason").asString(""),
                texts(json, "scenarios"));
    }

    static String text(JsonNode json, String key) {
        return json.required(key).asString();
    }

    static List<String> texts(JsonNode json, String key) {
        return each(json, key).map(JsonNode::asString).toList();
    }

    static Stream<JsonNode> each(JsonNode json, String key) {
        return json.required(key).valueStream();
    }
}
