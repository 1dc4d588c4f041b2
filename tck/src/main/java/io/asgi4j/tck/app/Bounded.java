package io.asgi4j.tck.app;

import io.asgi4j.tck.script.Sha256;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/** Keeps traces small: what is too long is replaced by its length and its digest. */
final class Bounded {
    /** How many bytes, or characters, are kept as they are. */
    static final int MAX_LENGTH = 16 * 1024;

    private Bounded() {}

    static Dict dict(Dict dict) {
        var entries = new LinkedHashMap<String, Value>();
        dict.entries().forEach((key, value) -> entries.put(key, value(value)));
        return new Dict(entries);
    }

    private static Value value(Value value) {
        return switch (value) {
            case Value.Literal bytes
            when bytes.length() > MAX_LENGTH -> new Value.DigestedBytes(bytes.length(), bytes.sha256());
            case Value.Text text
            when text.text().length() > MAX_LENGTH -> {
                var bytes = text.text().getBytes(StandardCharsets.UTF_8);
                yield new Value.DigestedText(bytes.length, Sha256.of(bytes));
            }
            case Value.Items items ->
                new Value.Items(items.items().stream().map(Bounded::value).toList());
            case Dict dict -> dict(dict);
            case Value.Literal bytes -> bytes;
            case Value.Text text -> text;
            case Value.Whole whole -> whole;
            case Value.Flag flag -> flag;
            case Value.Null none -> none;
            case Value.Fill fill -> fill;
            case Value.DigestedBytes bytes -> bytes;
            case Value.DigestedText text -> text;
            case Value.FileHandle file -> file;
            case Value.FilePath path -> path;
            case Value.Opaque opaque -> opaque;
        };
    }

    /** Cuts a message. */
    static String message(String message) {
        return message.length() <= 500 ? message : message.substring(0, 500) + "…";
    }
}
