package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.Value.Items;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Values as the objects that applications keep in their state, and back. */
public final class StateValues {
    private StateValues() {}

    /** {@return the object of a value, null for null; lists and maps can be changed, by any thread} */
    public static @Nullable Object toObject(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Whole whole -> whole.number();
            case Value.Flag flag -> flag.flag();
            case Value.Null none -> null;
            case KnownBytes bytes -> bytes.toByteArray();
            case Items items -> {
                var list = new ArrayList<@Nullable Object>();
                items.items().forEach(item -> list.add(toObject(item)));
                yield new CopyOnWriteArrayList<@Nullable Object>(list);
            }
            case Dict dict -> {
                var map = new ConcurrentHashMap<String, Object>();
                dict.entries().forEach((key, entry) -> {
                    var object = toObject(entry);
                    if (object != null) {
                        map.put(key, object);
                    }
                });
                yield map;
            }
            case Value.DigestedBytes bytes -> bytes;
            case Value.DigestedText text -> text;
            case Value.FileHandle file -> file;
            case Value.FilePath path -> path;
            case Value.Opaque opaque -> opaque;
        };
    }

    /** {@return the value of an object, a description if it has none} */
    public static Value toValue(@Nullable Object object) {
        return switch (object) {
            case null -> Value.NULL;
            case String text -> Value.of(text);
            case Long number -> Value.of(number);
            case Integer number -> Value.of(number);
            case Boolean flag -> Value.of(flag);
            case byte[] bytes -> Value.of(bytes);
            case List<?> list -> {
                var items = new ArrayList<Value>();
                list.forEach(item -> items.add(toValue(item)));
                yield new Items(items);
            }
            case Map<?, ?> map -> {
                var entries = new LinkedHashMap<String, Value>();
                map.forEach((key, value) -> entries.put(String.valueOf(key), toValue(value)));
                yield new Dict(entries);
            }
            case Value value -> value;
            default -> new Value.Opaque(object.toString());
        };
    }
}
