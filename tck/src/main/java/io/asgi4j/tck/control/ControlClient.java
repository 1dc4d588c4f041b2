package io.asgi4j.tck.control;

import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptException;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceJson;
import io.asgi4j.tck.script.Until;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Controls the application under test, over plain HTTP of the server under test, as PROTOCOL.md says.
 *
 * <p>Each request has a connection of its own, so that no defect of the server in keeping connections does harm. Any thread may
 * call any method; all of them block.
 */
public final class ControlClient {
    /** How long an answer may take beyond the time for which the application was asked to wait. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** How long the application is asked to wait for a trace at a time. */
    private static final Duration POLL = Duration.ofSeconds(5);

    private static final String HELLO = "/__tck__/hello";

    private final URI base;

    /**
     * Makes a client of the application behind a server.
     *
     * @param base the address at which the application is mounted, such as {@code http://127.0.0.1:8000}
     * @throws IllegalArgumentException if it is no address of plain HTTP
     */
    public ControlClient(URI base) {
        if (!"http".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException("%s is no address such as http://127.0.0.1:8000".formatted(base));
        }
        this.base = base;
    }

    /**
     * Asks the application what it is.
     *
     * @throws ControlException if there is none, or it speaks another version of the protocol
     */
    public Hello hello() throws IOException {
        var sent = System.nanoTime();
        var json = hello(ControlConnection.ask(base, "GET", HELLO, "", ANSWER_LIMIT));
        var answered = System.nanoTime();
        var protocol = json.path("protocol").asInt(0);
        if (protocol != Hello.PROTOCOL) {
            throw new ControlException(
                    "the application at %s speaks version %d of the control protocol, and this kit version %d; let the server run the application of this kit (\"export\" writes the one in Python)"
                            .formatted(base, protocol, Hello.PROTOCOL));
        }
        return new Hello(
                json.path("application").asString(""),
                json.path("language").asString(""),
                json.path("instance").asString(""),
                ClockOffset.of(sent, answered, json.path("now_ms").asDouble(0)),
                json.path("asgi_version").asString(""),
                json.path("spec_version").asString(""),
                texts(json.path("operations")),
                texts(json.path("extensions")),
                entries(json.path("lifespan")));
    }

    private JsonNode hello(ControlConnection.Reply reply) throws ControlException {
        if (reply.status() / 100 != 2) {
            throw new ControlException(
                    "the kit's application is not at %s, where GET %s was answered by %d; let the server run the application of this kit (\"export\" writes the one in Python): %s"
                            .formatted(base, HELLO, reply.status(), cut(reply.body())));
        }
        return json(reply, "GET", HELLO);
    }

    /**
     * Installs the script of a scenario.
     *
     * @param id of letters, digits, {@code -} and {@code _}, at most 64
     * @throws UnsupportedOperationsException if the application cannot do in its language what the script asks for
     * @throws ControlException if it refuses for another reason
     */
    public void install(String id, Script script) throws IOException {
        ask("PUT", "scenarios/" + id, Json.write(ScriptJson.write(script)), Duration.ZERO);
    }

    /** Gives a signal, which releases the {@code await} steps that wait for it, now and later. */
    public void signal(String id, String name) throws IOException {
        ask("POST", "scenarios/" + id + "/signals/" + name, "", Duration.ZERO);
    }

    /** Deletes a scenario. What still runs in it ends where it would wait for the driver. */
    public void delete(String id) throws IOException {
        ask("DELETE", "scenarios/" + id, "", Duration.ZERO);
    }

    /** What happened so far. */
    public TraceSnapshot trace(String id) throws IOException {
        return snapshot(ask("GET", "scenarios/" + id + "/trace", "", Duration.ZERO));
    }

    /** Waits until something has happened, or the time is over; returns what happened so far. */
    public TraceSnapshot await(String id, Until until, Duration limit) throws IOException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            var wait = left.compareTo(POLL) < 0 ? left : POLL;
            var snapshot = snapshot(ask(
                    "GET", "scenarios/%s/trace?until=%s&wait_ms=%d".formatted(id, until, wait.toMillis()), "", wait));
            if (snapshot.satisfied() || left.compareTo(POLL) <= 0) {
                return snapshot;
            }
        }
    }

    private JsonNode ask(String method, String path, String body, Duration wait) throws IOException {
        var target = "/__tck__/" + path;
        var reply = ControlConnection.ask(base, method, target, body, wait.plus(ANSWER_LIMIT));
        if (reply.status() / 100 == 2) {
            return json(reply, method, target);
        }
        if (reply.status() == 422) {
            throw new UnsupportedOperationsException(
                    List.copyOf(texts(json(reply, method, target).path("unsupported"))));
        }
        throw ControlException.refused(
                reply.status(),
                "%s %s at %s was answered by %d: %s"
                        .formatted(method, target, base, reply.status(), cut(reply.body())));
    }

    private JsonNode json(ControlConnection.Reply reply, String method, String target) throws ControlException {
        try {
            return Json.read(reply.body());
        } catch (ScriptException e) {
            throw new ControlException(
                    "%s %s at %s was not answered by the kit's application: %s"
                            .formatted(method, target, base, cut(reply.body())),
                    e);
        }
    }

    private static String cut(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    private static TraceSnapshot snapshot(JsonNode json) {
        var pending = new ArrayList<TraceSnapshot.Pending>();
        for (var wait : json.path("pending")) {
            pending.add(new TraceSnapshot.Pending(
                    wait.path("call").asInt(0),
                    wait.path("fork").asString(""),
                    wait.path("op").asString(""),
                    wait.path("since_ms").asDouble(0)));
        }
        return new TraceSnapshot(
                json.path("satisfied").asBoolean(false),
                json.path("dropped").asLong(0),
                pending,
                entries(json.path("entries")));
    }

    private static List<TraceEntry> entries(JsonNode array) {
        var entries = new ArrayList<TraceEntry>();
        array.forEach(entry -> entries.add(TraceJson.read(entry)));
        return entries;
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new HashSet<String>();
        array.forEach(text -> texts.add(text.asString("")));
        return texts;
    }
}
