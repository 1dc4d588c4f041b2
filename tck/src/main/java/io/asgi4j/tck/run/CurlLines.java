package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Http2Step;
import io.asgi4j.tck.scenario.WebSocketStep;
import io.asgi4j.tck.scenario.WireStep;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.wire.Curl;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Fields;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines that do what a scenario's client does, as far as curl can: first the script is installed, then the signals are given,
 * which the application remembers, and then come the requests, one after the other.
 */
final class CurlLines {
    private final Target target;
    private final String wireId;
    private final List<Optional<String>> lines = new ArrayList<>();

    private CurlLines(Target target, String wireId) {
        this.target = target;
        this.wireId = wireId;
    }

    /**
     * The lines; none if there is something that curl cannot do.
     *
     * @param requests what was written, each step's bytes for themselves
     */
    static List<String> of(Target target, String wireId, Script script, List<ClientStep> steps, List<Octets> requests) {
        if (requests.isEmpty() || !steps.stream().allMatch(CurlLines::canBeDone) || count(steps) != requests.size()) {
            return List.of();
        }
        var curl = new CurlLines(target, wireId);
        curl.control("PUT", "", Octets.utf8(Json.write(ScriptJson.write(script))));
        for (var step : steps) {
            if (step instanceof ClientStep.Signal signal) {
                curl.control("POST", "/signals/" + signal.name(), Octets.EMPTY);
            }
        }
        requests.forEach(request -> curl.lines.add(Curl.line(request, target.address())));
        return curl.lines.stream().anyMatch(Optional::isEmpty)
                ? List.of()
                : curl.lines.stream().flatMap(Optional::stream).toList();
    }

    private void control(String method, String rest, Octets body) {
        var path = target.facts(wireId).fill("{path}").replaceFirst("/t/[^/]*$", "/__tck__/scenarios/" + wireId);
        var fields = new Fields(List.of(
                Field.of("Host", target.facts(wireId).fill("{host}")),
                Field.of("Content-Length", Integer.toString(body.size()))));
        lines.add(Curl.line(new Request(method, path + rest, "1.1", fields, body), target.address()));
    }

    /** How many answers are read: a request without one may wait for the client's end, which curl's user would wait for too. */
    private static long count(List<ClientStep> steps) {
        return steps.stream()
                .filter(step -> step instanceof WireStep.ReadResponse || step instanceof WireStep.ReadResponseOrClose)
                .count();
    }

    private static boolean canBeDone(ClientStep step) {
        return switch (step) {
            case WireStep wireStep -> canBeDone(wireStep);
            case ClientStep.Signal signal -> !signal.lifespan();
            case ClientStep.About about -> true;
            case ClientStep.AwaitApplication await -> true;
            case ClientStep.ApplicationQuiet quiet -> true;
            case WebSocketStep webSocketStep -> false;
            case Http2Step http2Step -> false;
            case ClientStep.RealRequests requests -> false;
            case ClientStep.RealWebSocket webSocket -> false;
            case ClientStep.StopServer stop -> false;
            case ClientStep.AwaitStopped stopped -> false;
            case ClientStep.ExpectRefused refused -> false;
        };
    }

    private static boolean canBeDone(WireStep step) {
        return switch (step) {
            case WireStep.Connect connect -> connect.receiveBuffer() == 0;
            case WireStep.Send send -> true;
            case WireStep.ReadResponse read -> true;
            case WireStep.ReadResponseOrClose read -> true;
            case WireStep.ReadPart part -> true;
            case WireStep.ReadInterim interim -> true;
            case WireStep.ExpectNothing nothing -> true;
            case WireStep.ExpectOpen open -> true;
            case WireStep.AwaitClose close -> true;
            case WireStep.Flood flood -> false;
            case WireStep.Drain drain -> false;
            case WireStep.HalfClose close -> false;
            case WireStep.Close close -> false;
            case WireStep.Reset reset -> false;
        };
    }
}
