package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.Value.Items;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values as JSON. What JSON has no form for is an object with a key that begins with a dollar sign. */
public final class ValueJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ValueJson() {}

    /** {@return a value as JSON} */
    public static JsonNode write(Value value) {
        return switch (value) {
            case Value.Text text -> NODES.stringNode(text.text());
            case Value.Whole whole -> NODES.numberNode(whole.number());
            case Value.Flag flag -> NODES.booleanNode(flag.flag());
            case Value.Null none -> NODES.nullNode();
            case Items items -> {
                var array = Json.array();
                items.items().forEach(item -> array.add(write(item)));
                yield array;
            }
            case Dict dict -> write(dict);
            case Value.Literal bytes -> literal(bytes);
            case Value.Fill fill -> Json.object().put("$fill", fill.pattern()).put("$len", fill.length());
            case Value.DigestedBytes bytes ->
                Json.object().put("$bytes", bytes.length()).put("$sha256", bytes.sha256());
            case Value.DigestedText text ->
                Json.object().put("$text", text.length()).put("$sha256", text.sha256());
            case Value.FileHandle file -> Json.object().put("$file", file.name());
            case Value.FilePath path -> Json.object().put("$path", path.name());
            case Value.Opaque opaque -> Json.object().put("$repr", opaque.description());
        };
    }

    /** {@return a dictionary as a JSON object} */
    public static ObjectNode write(Dict dict) {
        var object = Json.object();
        dict.entries().forEach((key, value) -> object.set(key, write(value)));
        return object;
    }

    /** Bytes that are UTF-8 are written as such, so that people can read them. */
    private static JsonNode literal(Value.Literal bytes) {
        var array = bytes.toByteArray();
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(array));
            return Json.object().put("$utf8", text.toString());
        } catch (CharacterCodingException e) {
            return Json.object().put("$b64", Base64.getEncoder().encodeToString(array));
        }
    }

    /**
     * Reads a value.
     *
     * @throws ScriptException if the JSON is the form of none
     */
    public static Value read(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> Value.of(node.stringValue());
            case BOOLEAN -> Value.of(node.booleanValue());
            case NULL -> Value.NULL;
            case NUMBER -> {
                if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                    throw new ScriptException("%s is no whole number of 64 bits".formatted(node));
                }
                yield Value.of(node.longValue());
            }
            case ARRAY -> {
                var items = new ArrayList<Value>();
                node.forEach(item -> items.add(read(item)));
                yield new Items(items);
            }
            case OBJECT -> readObject(node);
            case BINARY, MISSING, POJO -> throw new ScriptException("%s has no form in JSON".formatted(node));
        };
    }

    /**
     * Reads a dictionary.
     *
     * @throws ScriptException if the JSON is something else
     */
    public static Dict readDict(JsonNode node) {
        if (read(node) instanceof Dict dict) {
            return dict;
        }
        throw wrong(node, "no object with plain keys");
    }

    private static Value readObject(JsonNode node) {
        var names = node.propertyNames();
        var first = names.isEmpty() ? "" : names.iterator().next();
        if (!first.startsWith("$")) {
            var entries = new LinkedHashMap<String, Value>();
            node.properties().forEach(entry -> entries.put(entry.getKey(), read(entry.getValue())));
            return new Dict(entries);
        }
        try {
            return readMarked(node, first);
        } catch (IllegalArgumentException e) {
            throw new ScriptException("%s is no value: %s".formatted(shown(node), e.getMessage()), e);
        }
    }

    private static Value readMarked(JsonNode node, String first) {
        return switch (first) {
            case "$utf8" -> Value.utf8(text(node, first));
            case "$b64" -> Value.of(Base64.getDecoder().decode(text(node, first)));
            case "$fill" -> new Value.Fill(text(node, first), number(node, "$len"));
            case "$bytes" -> new Value.DigestedBytes(number(node, first), text(node, "$sha256"));
            case "$text" -> new Value.DigestedText(number(node, first), text(node, "$sha256"));
            case "$file" -> new Value.FileHandle(text(node, first));
            case "$path" -> new Value.FilePath(text(node, first));
            case "$repr" -> new Value.Opaque(text(node, first));
            default -> throw wrong(node, "no value, since nothing is called " + first);
        };
    }

    private static String text(JsonNode node, String key) {
        var value = node.get(key);
        if (value == null || !value.isString()) {
            throw wrong(node, "without text under " + key);
        }
        return value.stringValue();
    }

    private static long number(JsonNode node, String key) {
        var value = node.get(key);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(node, "without a whole number under " + key);
        }
        return value.longValue();
    }

    private static ScriptException wrong(JsonNode node, String what) {
        return new ScriptException("%s is %s".formatted(shown(node), what));
    }

    private static String shown(JsonNode node) {
        var text = Json.write(node);
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
