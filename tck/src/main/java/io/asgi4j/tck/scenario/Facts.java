package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is only known while a scenario runs, by the names that stand in its texts in braces.
 *
 * <p>{@code {path}} is the path of the scenario's application, {@code {host}} the server's authority, {@code {server_host}} and
 * {@code {server_port}} its parts, {@code {id}} the scenario's name on the wire; {@code {client_host}} and {@code {client_port}} are the
 * client's own address on its first connection.
 */
public record Facts(Map<String, String> byName) {
    /** Nothing is known. */
    public static final Facts NONE = new Facts(Map.of());

    /** Copies the map. */
    public Facts {
        byName = Map.copyOf(byName);
    }

    /** These facts and one more. */
    public Facts with(String name, String value) {
        var more = new TreeMap<>(byName);
        more.put(name, value);
        return new Facts(more);
    }

    /** The text with facts in the place of their names. */
    public String fill(String text) {
        if (text.indexOf('{') < 0) {
            return text;
        }
        var filled = text;
        for (var fact : byName.entrySet()) {
            filled = filled.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        return filled;
    }

    /** Bytes with facts in the place of their names; those of a pattern stay as they are. */
    public Value.KnownBytes fill(Value.KnownBytes bytes) {
        return switch (bytes) {
            case Value.Literal literal -> new Value.Literal(fill(literal.latin1()));
            case Value.Fill pattern -> pattern;
        };
    }

    /** A value with facts in the place of their names, in texts and bytes. */
    public Value fill(Value value) {
        return switch (value) {
            case Value.Text text -> fillText(text.text());
            case Value.KnownBytes bytes -> fill(bytes);
            case Value.Items items ->
                Value.list(items.items().stream().map(this::fill).toList());
            case Value.Dict dict -> {
                var filled = Value.Dict.empty();
                for (var entry : dict.entries().entrySet()) {
                    filled = filled.with(entry.getKey(), fill(entry.getValue()));
                }
                yield filled;
            }
            case Value.Whole whole -> whole;
            case Value.Flag flag -> flag;
            case Value.Null none -> none;
            case Value.DigestedBytes bytes -> bytes;
            case Value.DigestedText text -> text;
            case Value.FileHandle file -> file;
            case Value.FilePath path -> path;
            case Value.Opaque opaque -> opaque;
        };
    }

    /** A port is a number in a scope. */
    private Value fillText(String text) {
        var filled = fill(text);
        return text.matches("\\{[a-z]+_port}") && filled.matches("[0-9]{1,5}")
                ? Value.of(Integer.parseInt(filled))
                : Value.of(filled);
    }
}
