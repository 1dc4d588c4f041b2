package io.asgi4j.server.netty.http1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code requests.tsv}.
 *
 * @param answers the statuses, of which 200 has the body behind an equals sign
 * @param end what becomes of the connection: {@code kept}, {@code closed} or {@code waits}
 * @param pieces what is sent, cut at the pauses
 * @param what for people
 */
record Wire(List<String> answers, String end, List<String> pieces, String what) {
    private static final Pattern REPETITION = Pattern.compile("\\$\\{(.*?)\\*(\\d+)}", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|([rnt0]))");
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    static List<Wire> all() {
        try (var file = Objects.requireNonNull(Wire.class.getResourceAsStream("requests.tsv"))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(Wire::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Wire parse(String line) {
        var columns = line.split("\t", 3);
        var expected = List.of(expand(columns[0]).split(" "));
        var answers = expected.subList(0, expected.size() - 1);
        var request = expand(unescape(columns[1])).replace("${next}", NEXT);
        return new Wire(answers, expected.getLast(), List.of(request.split(Pattern.quote("${pause}"))), columns[2]);
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

    /** Whether the application receives the body. */
    boolean isForEcho() {
        return pieces.getFirst().contains(" /echo ");
    }

    @Override
    public String toString() {
        return what;
    }
}
