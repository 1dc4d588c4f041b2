package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.ValueJson;
import io.asgi4j.tck.wire.Octets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Data in words, short enough for one line. */
final class Words {
    private static final int LONGEST = 300;
    private static final Pattern HALF_PAIR = Pattern.compile("\\p{Cs}");

    private Words() {}

    /** The members with "or" between them. */
    static String or(Collection<?> members) {
        return members.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    /** The members with commas between them, in the order of their names. */
    static String and(Collection<?> members) {
        return members.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** The members in quotes, so that it shows where each begins and ends. */
    static String quoted(Collection<String> members) {
        return members.stream().map(member -> '"' + member + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    static String of(Value value) {
        return switch (value) {
            case Value.Text text -> cut("\"" + text.text() + "\"");
            case Value.Literal bytes -> "b" + Octets.latin1(bytes.latin1());
            case Value.Fill fill -> "%d bytes of \"%s\"".formatted(fill.length(), fill.pattern());
            case Value.DigestedBytes bytes -> "%d bytes with SHA-256 %.12s…".formatted(bytes.length(), bytes.sha256());
            case Value.DigestedText text -> "text of %d bytes".formatted(text.length());
            case Value.Opaque opaque -> cut(opaque.description());
            case Value.Items items ->
                cut(items.items().stream().map(Words::of).collect(Collectors.joining(", ", "[", "]")));
            case Value.Dict dict ->
                cut(dict.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}")));
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Flag flag -> Boolean.toString(flag.flag());
            case Value.Null none -> "null";
            case Value.FileHandle file -> Json.write(ValueJson.write(file));
            case Value.FilePath path -> Json.write(ValueJson.write(path));
        };
    }

    static String times(long count) {
        return switch ((int) count) {
            case 1 -> "once";
            case 2 -> "twice";
            default -> count + " times";
        };
    }

    /** At most so much, and what has no UTF-8 in escapes. */
    static String cut(String text) {
        var shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return HALF_PAIR
                .matcher(shown)
                .replaceAll(half -> "\\\\u%04x".formatted((int) half.group().charAt(0)));
    }

    /** What is expected, one thing after the other. */
    static String expectations(List<? extends Matcher<?>> expected) {
        return expected.stream().map(Matcher::expected).collect(Collectors.joining("; "));
    }
}
