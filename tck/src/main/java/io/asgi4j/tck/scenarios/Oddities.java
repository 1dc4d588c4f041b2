package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.wire.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What looks odd in a request and is legal, by chance: one seed always gives the same. Used by one thread. */
final class Oddities {
    private static final String UNRESERVED = "abyzABYZ0189-._~";
    private static final String PATH_CHARACTERS = UNRESERVED + "!$&'()*+,;=:@";
    private static final String QUERY_CHARACTERS = PATH_CHARACTERS + "/?";
    private static final String NAME_CHARACTERS = "abyzABYZ0189!#$%&'*+-.^`|~";
    private static final String VALUE_CHARACTERS = "abyzABYZ0189!\"#$%&'()*+,-./:;<=>?@[\\]^_`|~\u0080\u00a0\u00ff";

    private final Random chance;

    Oddities(long seed) {
        this.chance = new Random(seed);
    }

    /**
     * What may follow a path in a request line.
     *
     * @param written as it is sent, with the query
     * @param rawPath without the query
     * @param path decoded
     * @param query what follows the question mark; empty if there is none
     */
    record Target(String written, String rawPath, String path, String query) {}

    Target target() {
        var raw = new StringBuilder();
        var path = new StringBuilder();
        for (var segments = 1 + chance.nextInt(6); segments > 0; segments--) {
            raw.append('/');
            path.append('/');
            switch (chance.nextInt(6)) {
                case 0 -> {} // an empty segment
                case 1 -> {
                    var dots = ".".repeat(1 + chance.nextInt(2));
                    raw.append(dots);
                    path.append(dots);
                }
                default -> segment(raw, path);
            }
        }
        if (chance.nextBoolean()) {
            return new Target(raw.toString(), raw.toString(), path.toString(), "");
        }
        var query = query();
        return new Target(raw + "?" + query, raw.toString(), path.toString(), query);
    }

    private void segment(StringBuilder raw, StringBuilder path) {
        for (var length = 1 + chance.nextInt(8); length > 0; length--) {
            if (chance.nextInt(3) > 0) {
                var plain = one(PATH_CHARACTERS);
                raw.append(plain);
                path.append(plain);
            } else {
                var character = Character.toString(codePoint());
                for (var octet : character.getBytes(StandardCharsets.UTF_8)) {
                    raw.append(escaped(octet));
                }
                path.append(character);
            }
        }
    }

    /** Any character that is no control, of each length in UTF-8. */
    private int codePoint() {
        return switch (chance.nextInt(4)) {
            case 0 -> 0x20 + chance.nextInt(0x7f - 0x20);
            case 1 -> 0xa0 + chance.nextInt(0x800 - 0xa0);
            case 2 -> 0x800 + chance.nextInt(0xd800 - 0x800);
            default -> 0x10000 + chance.nextInt(0x10000);
        };
    }

    private String query() {
        var query = new StringBuilder();
        for (var length = chance.nextInt(20); length > 0; length--) {
            query.append(
                    chance.nextInt(4) > 0
                            ? String.valueOf(one(QUERY_CHARACTERS))
                            : escaped((byte) chance.nextInt(0x100)));
        }
        return query.toString();
    }

    private String escaped(byte octet) {
        return (chance.nextBoolean() ? "%%%02x" : "%%%02X").formatted(octet);
    }

    /** Fields that mean nothing, some of one name. */
    List<Field> fields() {
        var fields = new ArrayList<Field>();
        for (var count = 1 + chance.nextInt(6); count > 0; count--) {
            var isAgain = !fields.isEmpty() && chance.nextInt(3) == 0;
            var name = isAgain ? fields.getLast().name() : "X" + some(1 + chance.nextInt(12), NAME_CHARACTERS);
            fields.add(Field.of(name, value()));
        }
        return fields;
    }

    private String value() {
        var words = new ArrayList<String>();
        for (var count = chance.nextInt(4); count > 0; count--) {
            words.add(some(1 + chance.nextInt(8), VALUE_CHARACTERS));
        }
        return String.join(" ".repeat(1 + chance.nextInt(2)), words);
    }

    /**
     * A body in chunks.
     *
     * @param written as it is sent
     * @param content without the framing
     */
    record Chunked(String written, String content) {}

    Chunked chunked() {
        var written = new StringBuilder();
        var content = new StringBuilder();
        for (var count = chance.nextInt(6); count > 0; count--) {
            var chunk = some(1 + chance.nextInt(300), VALUE_CHARACTERS + "\r\n\0");
            written.append(size(chunk.length())).append(chunk).append("\r\n");
            content.append(chunk);
        }
        return new Chunked(written + size(0) + "\r\n", content.toString());
    }

    private String size(int length) {
        var zeros = "0".repeat(chance.nextInt(3));
        var digits = (chance.nextBoolean() ? "%x" : "%X").formatted(length);
        var extension = switch (chance.nextInt(4)) {
            case 0 -> ";" + some(3, UNRESERVED);
            case 1 -> ";" + some(3, UNRESERVED) + "=" + some(3, UNRESERVED);
            default -> "";
        };
        return zeros + digits + extension + "\r\n";
    }

    /** The size of the pieces in which something is sent. */
    int pieceSize() {
        return 1 + chance.nextInt(40);
    }

    private String some(int length, String characters) {
        var text = new StringBuilder();
        for (var left = length; left > 0; left--) {
            text.append(one(characters));
        }
        return text.toString();
    }

    private char one(String characters) {
        return characters.charAt(chance.nextInt(characters.length()));
    }
}
