package io.asgi4j.tck.script;

import io.asgi4j.tck.script.TraceEntry.Failure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Trace entries as JSON. Unknown keys are ignored, so that an application may be younger than its driver. */
public final class TraceJson {
    private TraceJson() {}

    /** {@return an entry as JSON} */
    public static ObjectNode write(TraceEntry entry) {
        var json = Json.object()
                .put("seq", entry.seq())
                .put("ms", entry.ms())
                .put("call", entry.call())
                .put("fork", entry.fork())
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
        if (entry.event() != null) {
            json.set("event", ValueJson.write(entry.event()));
        }
        if (entry.error() != null) {
            json.putObject("error")
                    .put("type", entry.error().type())
                    .put("message", entry.error().message())
                    .put("io", entry.error().io());
        }
        if (!entry.details().entries().isEmpty()) {
            json.set("details", ValueJson.write(entry.details()));
        }
        return json;
    }

    /**
     * Reads an entry.
     *
     * @throws ScriptException if the JSON is none
     */
    public static TraceEntry read(JsonNode node) {
        var json = new Fields(node, "trace entry");
        return new TraceEntry(
                json.whole("seq", 0),
                json.node("ms").asDouble(),
                json.whole("call", 0),
                json.text("fork"),
                json.constant("kind", null, Kind.values()),
                json.has("event") ? ValueJson.readDict(json.node("event")) : null,
                json.has("error") ? failure(new Fields(json.node("error"), "error")) : null,
                json.has("details") ? ValueJson.readDict(json.node("details")) : Dict.empty());
    }

    private static Failure failure(Fields json) {
        return new Failure(json.text("type"), json.text("message"), json.flag("io"));
    }
}
