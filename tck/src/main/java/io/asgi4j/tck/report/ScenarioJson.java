package io.asgi4j.tck.report;

import static io.asgi4j.tck.report.ReportJson.each;
import static io.asgi4j.tck.report.ReportJson.text;
import static io.asgi4j.tck.report.ReportJson.texts;

import io.asgi4j.tck.report.ScenarioResult.InApplication;
import io.asgi4j.tck.report.ScenarioResult.Kind;
import io.asgi4j.tck.report.ScenarioResult.OnWire;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceJson;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a scenario went, as JSON. */
final class ScenarioJson {
    private ScenarioJson() {}

    static ObjectNode write(ScenarioResult scenario) {
        var json = Json.object()
                .put("id", scenario.id())
                .put("title", scenario.title())
                .put("area", scenario.area())
                .put("profile", scenario.profile());
        texts(json, "requirements", scenario.requirements());
        json.put("level", scenario.level())
                .put("status", scenario.status().name())
                .put("reason", scenario.reason())
                .put("passed_alone", scenario.passedAlone())
                .put("ms", scenario.duration().toMillis());
        json.set("application", ScriptJson.write(scenario.application()));
        texts(json, "client", scenario.client());
        var checks = json.putArray("checks");
        for (var check : scenario.checks()) {
            var object = checks.addObject();
            texts(object, "about", check.about());
            object.put("subject", check.subject())
                    .put("expected", check.expected())
                    .put("actual", check.actual())
                    .put("passed", check.passed());
        }
        var transcript = json.putArray("transcript");
        for (var entry : scenario.wire()) {
            var object = transcript
                    .addObject()
                    .put("ms", entry.ms())
                    .put("connection", entry.connection())
                    .put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
            texts(object, "lines", entry.lines());
        }
        var trace = json.putArray("trace");
        for (var entry : scenario.trace()) {
            var object = trace.addObject().put("ms", entry.ms());
            object.set("entry", TraceJson.write(entry.entry()));
        }
        texts(json, "curl", scenario.curl());
        return json.put("rerun", scenario.rerun()).put("message", scenario.message());
    }

    static ScenarioResult read(JsonNode json) {
        return new ScenarioResult(
                text(json, "id"),
                text(json, "title"),
                text(json, "area"),
                text(json, "profile"),
                texts(json, "requirements"),
                text(json, "level"),
                Status.valueOf(text(json, "status")),
                text(json, "reason"),
                json.required("passed_alone").asBoolean(),
                Duration.ofMillis(json.required("ms").asLong()),
                ScriptJson.read(json.required("application")),
                texts(json, "client"),
                each(json, "checks").map(ScenarioJson::check).toList(),
                each(json, "transcript").map(ScenarioJson::onWire).toList(),
                each(json, "trace").map(ScenarioJson::inApplication).toList(),
                texts(json, "curl"),
                text(json, "rerun"),
                text(json, "message"));
    }

    private static Check check(JsonNode json) {
        return new Check(
                texts(json, "about"),
                text(json, "subject"),
                text(json, "expected"),
                text(json, "actual"),
                json.required("passed").asBoolean());
    }

    private static OnWire onWire(JsonNode json) {
        return new OnWire(
                json.required("ms").asDouble(),
                text(json, "connection"),
                Kind.valueOf(text(json, "kind").toUpperCase(Locale.ROOT)),
                texts(json, "lines"));
    }

    private static InApplication inApplication(JsonNode json) {
        return new InApplication(json.required("ms").asDouble(), TraceJson.read(json.required("entry")));
    }
}
