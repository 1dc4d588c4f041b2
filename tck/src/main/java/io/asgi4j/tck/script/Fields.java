package io.asgi4j.tck.script;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a JSON object key by key, and complains of missing keys, wrong types and, at the end, keys that nobody asked for. */
final class Fields {
    private final JsonNode node;
    private final String what;
    private final Set<String> asked = new HashSet<>(Set.of("op"));

    Fields(JsonNode node, String what) {
        if (!node.isObject()) {
            throw new ScriptException(what + " must be an object");
        }
        this.node = node;
        this.what = what;
    }

    boolean has(String key) {
        asked.add(key);
        return node.has(key);
    }

    JsonNode node(String key) {
        asked.add(key);
        var value = node.get(key);
        if (value == null) {
            throw new ScriptException("%s: %s is missing".formatted(what, key));
        }
        return value;
    }

    JsonNode array(String key) {
        var value = node(key);
        if (!value.isArray()) {
            throw wrong(key, "an array");
        }
        return value;
    }

    String text(String key) {
        var value = node(key);
        if (!value.isString()) {
            throw wrong(key, "a string");
        }
        return value.stringValue();
    }

    @Nullable
    String optionalText(String key) {
        return has(key) ? text(key) : null;
    }

    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        var value = node(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.booleanValue();
    }

    int whole(String key, int missing) {
        if (!has(key)) {
            return missing;
        }
        var value = node(key);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(key, "a whole number");
        }
        return value.intValue();
    }

    /** Reads the name of one of the constants, in lower case; without a constant for a missing key there must be one. */
    <E extends Enum<E>> E constant(String key, @Nullable E missing, E[] constants) {
        if (missing != null && !has(key)) {
            return missing;
        }
        var name = text(key);
        for (var constant : constants) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
                return constant;
            }
        }
        throw wrong(key, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
    }

    void end() {
        for (var key : node.propertyNames()) {
            if (!asked.contains(key)) {
                throw new ScriptException("%s: nothing is called %s".formatted(what, key));
            }
        }
    }

    private ScriptException wrong(String key, String expected) {
        return new ScriptException("%s: %s must be %s".formatted(what, key, expected));
    }
}
