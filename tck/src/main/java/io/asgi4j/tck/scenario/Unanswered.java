package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.KnownBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The methods of requests whose responses were not read yet, by connection: they tell where a response ends. Used by one thread. */
final class Unanswered {
    private static final Pattern REQUEST = Pattern.compile("([A-Za-z]+) [^\r\n]*(?:\r\n.*)?", Pattern.DOTALL);
    private static final String USUAL = "GET";

    private final Map<String, Deque<String>> methods = new HashMap<>();

    /** Something was written, which may be the beginning of a request. */
    void written(String connection, KnownBytes bytes) {
        if (bytes instanceof Value.Literal literal) {
            var request = REQUEST.matcher(literal.latin1());
            if (request.matches()) {
                asked(connection, request.group(1));
            }
        }
    }

    void asked(String connection, String method) {
        methods.computeIfAbsent(connection, name -> new ArrayDeque<>()).add(method);
    }

    /** The method of the request whose response is read next. */
    String next(String connection) {
        var waiting = methods.get(connection);
        return waiting == null || waiting.isEmpty() ? USUAL : waiting.getFirst();
    }

    /** The method of the request whose response is read now. */
    String answered(String connection) {
        var method = next(connection);
        var waiting = methods.get(connection);
        if (waiting != null) {
            waiting.poll();
        }
        return method;
    }
}
