package io.asgi4j.tck.wire;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Field lines in their order. Names are matched without regard to ASCII case. */
public record Fields(List<Field> list) implements Iterable<Field> {
    public static final Fields NONE = new Fields(List.of());

    public Fields {
        list = List.copyOf(list);
    }

    public int size() {
        return list.size();
    }

    @Override
    public Iterator<Field> iterator() {
        return list.iterator();
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        return list.stream()
                .filter(field -> field.isNamed(name))
                .map(Field::value)
                .findFirst();
    }

    /** The values of all fields of that name. */
    public List<String> all(String name) {
        return list.stream()
                .filter(field -> field.isNamed(name))
                .map(Field::value)
                .toList();
    }

    public boolean contains(String name) {
        return list.stream().anyMatch(field -> field.isNamed(name));
    }

    /** The comma-separated members of all fields of that name, without white space around them; empty ones are dropped. */
    public List<String> members(String name) {
        return all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    /** Whether a comma-separated member of that name is the given one, without regard to ASCII case. */
    public boolean hasMember(String name, String member) {
        return members(name).stream().anyMatch(member::equalsIgnoreCase);
    }

    /** The lines, each on one of its own. */
    @Override
    public String toString() {
        return String.join("\n", list.stream().map(Field::toString).toList());
    }
}
