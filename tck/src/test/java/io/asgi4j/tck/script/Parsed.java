package io.asgi4j.tck.script;

/** JSON with single quotes, which Java's strings hold more readably. */
final class Parsed {
    private Parsed() {}

    static Value value(String json) {
        return ValueJson.read(Json.read(json.replace('\'', '"')));
    }

    static Value.Dict dict(String json) {
        return ValueJson.readDict(Json.read(json.replace('\'', '"')));
    }

    /** A script of one call. */
    static Script script(String steps) {
        return ScriptJson.parse("{'calls': [[%s]]}".formatted(steps).replace('\'', '"'));
    }
}
