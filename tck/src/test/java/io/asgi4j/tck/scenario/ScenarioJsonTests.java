package io.asgi4j.tck.scenario;

import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScenarioJsonTests {
    private static final Script APPLICATION = app(connectAndAccept());

    private static final Scenario SCENARIO = new ScenarioBuilder(APPLICATION)
            .openWebSocket()
            .sendFrames(Frame.text("hi"))
            .expectMessage(text("yes"))
            .expectApp(received("websocket.receive").with("text", "hi"))
            .expectApp(Matchers.trace("anything", trace -> true))
            .build("SomeTck.aName", "A name", List.of("some.slug"), Set.of(Feature.WEBSOCKET), true);

    @Test
    void aScenarioHasTheKeysOfItsRecord() {
        var json = ScenarioJson.write(SCENARIO);

        assertEquals("SomeTck.aName", json.path("id").stringValue());
        assertEquals("websocket", json.path("needs").path(0).stringValue());
        assertTrue(json.path("alone").booleanValue());
    }

    @Test
    void theApplicationHasTheFormOfTheControlProtocol() {
        assertEquals(ScriptJson.write(APPLICATION), ScenarioJson.write(SCENARIO).path("application"));
    }

    @Test
    void stepsAndMatchersAreNamed() {
        var json = ScenarioJson.write(SCENARIO);

        assertEquals("Handshake", json.path("client").path(0).path("step").stringValue());
        var read = json.path("client").path(3);
        assertEquals("ReadMessage", read.path("step").stringValue());
        assertEquals("Text", read.path("expected").path("is").stringValue());
    }

    @Test
    void framesStandInHexadecimalDigitsAndInWords() {
        var frame = ScenarioJson.write(SCENARIO)
                .path("client")
                .path(2)
                .path("frames")
                .path(0);

        assertEquals(Frame.text("hi").encode().toHex(), frame.path("hex").stringValue());
        assertEquals("text \"hi\"", frame.path("words").stringValue());
    }

    @Test
    void aLambdaIsLeftOut() {
        var custom = ScenarioJson.write(SCENARIO).path("trace").path(1);

        assertEquals("anything", custom.path("expected").stringValue());
        assertFalse(custom.has("predicate"));
    }
}
