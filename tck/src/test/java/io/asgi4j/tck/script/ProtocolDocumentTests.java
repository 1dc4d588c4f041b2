package io.asgi4j.tck.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.script.TraceEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** PROTOCOL.md says what the code does. */
class ProtocolDocumentTests {
    private final String document;

    ProtocolDocumentTests() throws IOException {
        document = Files.readString(Path.of("PROTOCOL.md"));
    }

    private List<String> blocks(String kind) {
        var blocks = new ArrayList<String>();
        var matcher = Pattern.compile("```json " + kind + "\n(.*?)```", Pattern.DOTALL)
                .matcher(document);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        assertTrue(!blocks.isEmpty(), "no block of " + kind);
        return blocks;
    }

    @Test
    void itsScriptsAreScripts() {
        blocks("script").forEach(ScriptJson::parse);
    }

    @Test
    void itsLifespanScriptIsTheDefault() {
        assertEquals(Script.LIFESPAN, ScriptJson.parse(blocks("script").getLast()));
    }

    @Test
    void itsValuesAreValues() {
        var json = Json.read(blocks("value").getFirst());
        assertEquals(Json.write(json), Json.write(ValueJson.write(ValueJson.read(json))));
    }

    @Test
    void itsTracesAreTraces() {
        for (var entry : Json.read(blocks("trace").getFirst()).get("entries")) {
            assertEquals(Json.write(entry), Json.write(TraceJson.write(TraceJson.read(entry))));
        }
        for (var entry : Json.read(blocks("hello").getFirst()).get("lifespan")) {
            assertEquals(Json.write(entry), Json.write(TraceJson.write(TraceJson.read(entry))));
        }
    }

    @Test
    void itNamesEveryOperationAndEveryKind() {
        var missing = new TreeSet<String>();
        Operations.PORTABLE.forEach(missing::add);
        Operations.JAVA_ONLY.forEach(missing::add);
        for (var kind : Kind.values()) {
            missing.add(kind.name().toLowerCase(Locale.ROOT));
        }
        missing.removeIf(name -> document.contains("`" + name + "`"));
        assertEquals(new TreeSet<>(), missing);
    }
}
