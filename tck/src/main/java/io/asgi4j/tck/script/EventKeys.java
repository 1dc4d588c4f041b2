package io.asgi4j.tck.script;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.script.Value.Items;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the keys of an event with the types that ASGI gives them, and refuses what Java's types could not hold. */
record EventKeys(Dict event) {
    String text(String key) {
        if (event.get(key) instanceof Value.Text text) {
            return text.text();
        }
        throw refusal(key, "str");
    }

    String text(String key, String missing) {
        return isAbsent(key) ? missing : text(key);
    }

    @Nullable
    String optionalText(String key) {
        return isAbsent(key) ? null : text(key);
    }

    int whole(String key) {
        return Math.toIntExact(number(key));
    }

    int whole(String key, int missing) {
        return event.get(key) == null ? missing : whole(key);
    }

    @Nullable
    Long optionalLong(String key) {
        return isAbsent(key) ? null : (Long) number(key);
    }

    private long number(String key) {
        if (event.get(key) instanceof Value.Whole whole) {
            return whole.number();
        }
        throw refusal(key, "int");
    }

    boolean flag(String key, boolean missing) {
        if (event.get(key) == null) {
            return missing;
        }
        if (event.get(key) instanceof Value.Flag flag) {
            return flag.flag();
        }
        throw refusal(key, "bool");
    }

    ByteBuffer bytes(String key) {
        return event.get(key) == null ? ByteBuffer.allocate(0) : known(event.get(key), key);
    }

    @Nullable
    ByteBuffer optionalBytes(String key) {
        return isAbsent(key) ? null : known(event.get(key), key);
    }

    private ByteBuffer known(@Nullable Value value, String key) {
        if (value instanceof KnownBytes bytes) {
            return ByteBuffer.wrap(bytes.toByteArray());
        }
        throw refusal(key, "bytes");
    }

    Headers headers() {
        if (event.get("headers") == null) {
            return Headers.empty();
        }
        var headers = Headers.builder();
        for (var field : items(event.get("headers"), "headers")) {
            var pair = items(field, "headers");
            if (pair.size() != 2) {
                throw refusal("headers", "list of pairs");
            }
            headers.add(new Header(latin1(pair.get(0), "headers"), latin1(pair.get(1), "headers")));
        }
        return headers.build();
    }

    List<String> latin1s(String key) {
        return items(event.get(key), key).stream()
                .map(item -> latin1(item, key))
                .toList();
    }

    private List<Value> items(@Nullable Value value, String key) {
        if (value instanceof Items items) {
            return items.items();
        }
        throw refusal(key, "list");
    }

    private String latin1(Value value, String key) {
        if (value instanceof KnownBytes bytes) {
            return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
        }
        throw refusal(key, "list of bytes");
    }

    Dict dict(String key) {
        if (event.get(key) instanceof Dict dict) {
            return dict;
        }
        throw refusal(key, "dict");
    }

    String file(String key) {
        if (event.get(key) instanceof Value.FileHandle file) {
            return file.name();
        }
        throw refusal(key, "file descriptor");
    }

    Path path(String key, OpenFiles files) {
        return event.get(key) instanceof Value.FilePath path ? files.path(path.name()) : Path.of(text(key));
    }

    private boolean isAbsent(String key) {
        var value = event.get(key);
        return value == null || value instanceof Value.Null;
    }

    private IllegalArgumentException refusal(String key, String expected) {
        return new IllegalArgumentException(
                "%s: %s is %s".formatted(event.type(), key, event.get(key) == null ? "missing" : "no " + expected));
    }
}
