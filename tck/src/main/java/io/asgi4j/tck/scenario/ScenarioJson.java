package io.asgi4j.tck.scenario;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.ValueJson;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scenarios as JSON, for tools that are not written in Java.
 *
 * <p>An object has the components of its record as keys, without those that are empty; {@code step} and {@code is} name the record where
 * several are possible. Scripts and values have the form that PROTOCOL.md describes.
 */
public final class ScenarioJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .changeDefaultVisibility(checker -> checker.withIsGetterVisibility(Visibility.NONE))
            .changeDefaultPropertyInclusion(
                    ignored -> JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
            .addMixIn(ClientStep.class, Steps.class)
            .addMixIn(Matcher.class, Matchers.class)
            .addMixIn(ValueMatcher.class, Matchers.class)
            .addMixIn(ResponseMatcher.Custom.class, WithoutLambda.class)
            .addMixIn(TraceMatcher.Custom.class, WithoutLambda.class)
            .addModule(new SimpleModule()
                    .addSerializer(Script.class, new As<>(ScriptJson::write))
                    .addSerializer(Value.class, new As<>(ValueJson::write))
                    .addSerializer(Until.class, new As<>(until -> text(until.toString())))
                    .addSerializer(Feature.class, new As<>(feature -> text(feature.id())))
                    .addSerializer(Octets.class, new As<>(octets -> ValueJson.write(Value.of(octets.toByteArray()))))
                    .addSerializer(Frame.class, new As<>(ScenarioJson::frame)))
            .build();

    private ScenarioJson() {}

    /** {@return a scenario as JSON} */
    public static ObjectNode write(Scenario scenario) {
        return MAPPER.valueToTree(scenario);
    }

    private static JsonNode text(String text) {
        return MAPPER.getNodeFactory().stringNode(text);
    }

    private static JsonNode frame(Frame frame) {
        return MAPPER.createObjectNode().put("hex", frame.encode().toHex()).put("words", frame.toString());
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "step")
    private interface Steps {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Matchers {}

    @JsonIgnoreProperties("predicate")
    private interface WithoutLambda {}

    /** Writes something that knows its own form. */
    private static final class As<T> extends ValueSerializer<T> {
        private final Function<T, JsonNode> form;

        As(Function<T, JsonNode> form) {
            this.form = form;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializationContext context) {
            context.writeTree(generator, form.apply(value));
        }

        @Override
        public void serializeWithType(
                T value, JsonGenerator generator, SerializationContext context, TypeSerializer type) {
            serialize(value, generator, context);
        }
    }
}
