package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.testing.Table;
import java.util.List;
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
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    static List<Wire> all() {
        return Table.read(Wire.class, "requests.tsv").stream().map(Wire::parse).toList();
    }

    private static Wire parse(List<String> columns) {
        var expected = List.of(columns.get(0).split(" "));
        var answers = expected.subList(0, expected.size() - 1);
        var request = columns.get(1).replace("${next}", NEXT);
        return new Wire(answers, expected.getLast(), List.of(request.split(Pattern.quote("${pause}"))), columns.get(2));
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
