package io.asgi4j.tck.script;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Text and trees of JSON. Everything but ASCII is escaped, since text may hold half a surrogate pair, which has no UTF-8. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** {@return the text of a tree, on one line} */
    public static String write(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    /** {@return the text of a tree, for people to read} */
    public static String writePretty(JsonNode tree) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }

    /**
     * Reads a tree.
     *
     * @throws ScriptException if the text is no JSON
     */
    public static JsonNode read(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new ScriptException("this is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** {@return an empty object} */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** {@return an empty array} */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }
}
