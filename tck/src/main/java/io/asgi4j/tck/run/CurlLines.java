package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.ClientStep;
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
                .filter(step ->
                        step instanceof ClientStep.ReadResponse || step instanceof ClientStep.ReadResponseOrClose)
                .count();
    }

    private static boolean canBeDone(ClientStep step) {
        return switch (step) {
            case ClientStep.Connect connect -> connect.receiveBuffer() == 0;
            case ClientStep.Send send -> true;
            case ClientStep.ReadResponse read -> true;
            case ClientStep.ReadResponseOrClose read -> true;
            case ClientStep.ReadPart part -> true;
            case ClientStep.ReadInterim interim -> true;
            case ClientStep.ExpectNothing nothing -> true;
            case ClientStep.ExpectOpen open -> true;
            case ClientStep.AwaitClose close -> true;
            case ClientStep.Signal signal -> !signal.lifespan();
            case ClientStep.About about -> true;
            case ClientStep.AwaitApplication await -> true;
            case ClientStep.ApplicationQuiet quiet -> true;
            case ClientStep.Flood flood -> false;
            case ClientStep.Drain drain -> false;
            case ClientStep.HalfClose close -> false;
            case ClientStep.Close close -> false;
            case ClientStep.Reset reset -> false;
            case ClientStep.Handshake handshake -> false;
            case ClientStep.ReadOpening opening -> false;
            case ClientStep.SendFrames frames -> false;
            case ClientStep.ReadMessage read -> false;
            case ClientStep.CloseWebSocket close -> false;
            case ClientStep.AwaitWebSocketClose close -> false;
            case ClientStep.RealRequests requests -> false;
            case ClientStep.RealWebSocket webSocket -> false;
            case ClientStep.StopServer stop -> false;
            case ClientStep.AwaitStopped stopped -> false;
            case ClientStep.ExpectRefused refused -> false;
        };
    }
}
