package io.asgi4j.server.netty.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Test cases as lines of a file, with tabs between their three columns. Lines that are empty or begin with # are for people. */
public final class Table {
    private static final int COLUMNS = 3;
    private static final Pattern REPETITION = Pattern.compile("\\$\\{(.*?)\\*(\\d+)}", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|([rnt0]))");

    private Table() {}

    /** Reads the file next to a class; escapes such as {@code \r} and {@code \xff}, and {@code ${x*9}}, are replaced. */
    public static List<List<String>> read(Class<?> neighbour, String name) {
        try (var file = Objects.requireNonNull(neighbour.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\t", COLUMNS))
                            .map(column -> expand(unescape(column)))
                            .toList())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> {
            var hex = escape.group(1);
            var c = hex != null ? (char) Integer.parseInt(hex, 16) : "\r\n\t\0".charAt("rnt0".indexOf(escape.group(2)));
            return Matcher.quoteReplacement(String.valueOf(c));
        });
    }

    private static String expand(String text) {
        return REPETITION
                .matcher(text)
                .replaceAll(repetition ->
                        Matcher.quoteReplacement(repetition.group(1).repeat(Integer.parseInt(repetition.group(2)))));
    }
}
