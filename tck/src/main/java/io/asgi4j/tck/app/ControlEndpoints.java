package io.asgi4j.tck.app;

import io.asgi4j.spec.ExtensionInboundEvent;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.ScriptException;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.Until;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the driver asks of the application, over plain HTTP. Any thread may call any method. */
final class ControlEndpoints {
    /** What all paths begin with. */
    static final String PREFIX = "/__tck__/";

    /** The version of PROTOCOL.md. */
    static final int PROTOCOL = 1;

    /** The longest script, in bytes of JSON. */
    static final int MAX_SCRIPT_BYTES = 4 << 20;

    /** The longest wait for a trace; the driver asks again. */
    static final int MAX_WAIT_MILLIS = 10_000;

    private final Scenarios scenarios;
    private final Clock clock;
    private final String instance = UUID.randomUUID().toString();

    ControlEndpoints(Scenarios scenarios, Clock clock) {
        this.scenarios = scenarios;
        this.clock = clock;
    }

    void handle(HttpScope scope, String path, Receive receive, Send send) throws IOException, InterruptedException {
        Answer answer;
        try {
            answer = answer(scope, path.substring(PREFIX.length()).split("/", -1), receive);
        } catch (ScriptException | IllegalArgumentException e) {
            answer = Answer.error(400, String.valueOf(e.getMessage()));
        }
        answer.send(send);
    }

    /** Answers a request; a server may be so broken that it changes the case of the method. */
    private Answer answer(HttpScope scope, String[] parts, Receive receive) throws IOException, InterruptedException {
        var method = scope.method().toUpperCase(Locale.ROOT);
        if (parts[0].equals("hello") && parts.length == 1) {
            return method.equals("GET") ? hello(scope) : notAllowed(method);
        }
        if (!parts[0].equals("scenarios") || parts.length < 2 || !Scenarios.isId(parts[1])) {
            return Answer.error(404, "nothing is here");
        }
        var id = parts[1];
        if (parts.length == 2) {
            return switch (method) {
                case "PUT" -> install(id, body(receive));
                case "DELETE" -> delete(id);
                default -> notAllowed(method);
            };
        }
        if (parts.length == 4 && parts[2].equals("signals") && Scenarios.isId(parts[3])) {
            return method.equals("POST") ? signal(id, parts[3]) : notAllowed(method);
        }
        if (parts.length == 3 && parts[2].equals("trace")) {
            return method.equals("GET") ? trace(id, query(scope.queryString())) : notAllowed(method);
        }
        return Answer.error(404, "nothing is here");
    }

    private static Answer notAllowed(String method) {
        return Answer.error(405, method + " is not for this");
    }

    private static Answer unknown(String id) {
        return Answer.error(404, "no scenario is called " + id);
    }

    private Answer hello(HttpScope scope) {
        var hello = Json.object()
                .put("protocol", PROTOCOL)
                .put("application", "asgi4j-tck-java")
                .put("language", "java " + Runtime.version().feature())
                .put("instance", instance)
                .put("now_ms", clock.millis())
                .put("asgi_version", scope.asgi().version())
                .put("spec_version", scope.asgi().specVersion());
        var operations = hello.putArray("operations");
        Operations.PORTABLE.forEach(operations::add);
        Operations.JAVA_ONLY.forEach(operations::add);
        var extensions = hello.putArray("extensions");
        scope.extensions().names().forEach(extensions::add);
        hello.set("lifespan", Json.read(scenarios.lifespan().trace().toJson(0)));
        return new Answer(200, Json.write(hello));
    }

    private Answer install(String id, String text) {
        var script = ScriptJson.parse(text);
        if (scenarios.isFull()) {
            return Answer.error(429, "there are " + Scenarios.MAX_SCENARIOS + " scenarios; delete some");
        }
        return scenarios.install(id, script)
                ? new Answer(201, "{}")
                : Answer.error(409, "there is a scenario called " + id);
    }

    private Answer delete(String id) throws IOException {
        var removed = scenarios.remove(id);
        if (removed.isEmpty()) {
            return unknown(id);
        }
        removed.get().close();
        return new Answer(200, "{}");
    }

    private Answer signal(String id, String name) {
        var scenario = scenarios.find(id);
        if (scenario.isEmpty()) {
            return unknown(id);
        }
        return scenario.get().signals().give(name)
                ? new Answer(200, "{}")
                : Answer.error(429, "there are " + Signals.MAX_SIGNALS + " signals in this scenario");
    }

    private Answer trace(String id, Map<String, String> query) throws InterruptedException {
        var scenario = scenarios.find(id);
        if (scenario.isEmpty()) {
            return unknown(id);
        }
        var trace = scenario.get().trace();
        var until = query.get("until");
        var wait = Math.clamp(Integer.parseInt(query.getOrDefault("wait_ms", "0")), 0, MAX_WAIT_MILLIS);
        var satisfied = until == null || trace.await(Until.parse(until), wait);
        var entries = trace.toJson(Long.parseLong(query.getOrDefault("after", "0")));
        var rest = Json.object()
                .put("satisfied", satisfied)
                .put("now_ms", clock.millis())
                .put("dropped", trace.dropped())
                .set("pending", scenario.get().pending());
        var head = Json.write(rest);
        return new Answer(200, head.substring(0, head.length() - 1) + ",\"entries\":" + entries + "}");
    }

    private static Map<String, String> query(String text) {
        var query = new HashMap<String, String>();
        for (var pair : text.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static String body(Receive receive) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            switch (receive.receive()) {
                case HttpRequest request -> {
                    var body = new byte[request.body().remaining()];
                    request.body().get(body);
                    bytes.writeBytes(body);
                    if (bytes.size() > MAX_SCRIPT_BYTES) {
                        throw new ScriptException("a script has at most " + MAX_SCRIPT_BYTES + " bytes");
                    }
                    if (!request.moreBody()) {
                        return bytes.toString(StandardCharsets.UTF_8);
                    }
                }
                case HttpDisconnect disconnect -> throw new EOFException("the driver went before its script was here");
                case ExtensionInboundEvent other -> {}
                default -> throw new IllegalStateException("no event of HTTP");
            }
        }
    }
}
