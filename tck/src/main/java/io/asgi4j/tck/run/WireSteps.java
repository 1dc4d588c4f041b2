package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.ResponseMatcher;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.scenario.WellFormedness;
import io.asgi4j.tck.scenario.WireStep;
import io.asgi4j.tck.scenario.WireStep.Reaction;
import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Ending;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import io.asgi4j.tck.wire.Sent;
import io.asgi4j.tck.wire.StatusLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the client does with bytes and responses. Owned by the thread that runs the scenario. */
final class WireSteps {
    private static final Octets HEAD_END = Octets.latin1("\r\n\r\n");

    /** A server that does not read on for this part of the usual patience counts as one that has stopped reading. */
    private static final int STALL_DIVISOR = 5;

    private final Limits limits;
    private final Checks checks;
    private final Map<String, Integer> responses = new LinkedHashMap<>();
    private final List<Octets> written = new ArrayList<>();

    WireSteps(Limits limits, Checks checks) {
        this.limits = limits;
        this.checks = checks;
    }

    /** What was written, each step's bytes for themselves. */
    List<Octets> written() {
        return written;
    }

    /** Does a step; tells whether the scenario can go on. */
    boolean perform(Connection connection, WireStep step, Facts facts) {
        return switch (step) {
            case WireStep.Connect connect -> true;
            case WireStep.Send send -> send(connection, send, facts);
            case WireStep.Flood flood -> flood(connection, flood, facts);
            case WireStep.Drain drain -> drain(connection, drain);
            case WireStep.ReadResponse read -> response(connection, read, facts);
            case WireStep.ReadResponseOrClose read -> responseOrClose(connection, read, facts);
            case WireStep.ReadPart part -> part(connection, part, facts);
            case WireStep.ReadInterim interim -> interim(connection, interim);
            case WireStep.ExpectNothing nothing -> nothing(connection, nothing);
            case WireStep.ExpectOpen open -> open(connection, open);
            case WireStep.AwaitClose close -> close(connection, close);
            case WireStep.HalfClose close -> {
                connection.wire().halfClose();
                yield true;
            }
            case WireStep.Close close -> {
                connection.close();
                yield true;
            }
            case WireStep.Reset reset -> {
                connection.wire().reset();
                yield true;
            }
        };
    }

    private boolean send(Connection connection, WireStep.Send step, Facts facts) {
        var octets = Octets.concat(step.parts().stream()
                .map(part -> Octets.of(facts.fill(part).toByteArray()))
                .toArray(Octets[]::new));
        written.add(octets);
        var sent = step.pieceSize() == 0
                ? connection.wire().send(octets)
                : connection.wire().sendInPieces(octets, step.pieceSize(), Duration.ofMillis(step.pauseMillis()));
        return sent.outcome() != Sent.Outcome.BLOCKED
                || checks.add(
                        step.connection(),
                        "that the server reads what is written",
                        "it does not read on after %d bytes".formatted(sent.bytes()),
                        false);
    }

    private boolean flood(Connection connection, WireStep.Flood step, Facts facts) {
        var stall = step.reaction() == Reaction.READS_ON
                ? limits.within()
                : limits.within().dividedBy(STALL_DIVISOR);
        var sent = connection.wire().flood(Octets.of(facts.fill(step.block()).toByteArray()), step.most(), stall);
        return checks.add(
                step.connection(),
                "that the server " + step.reaction().words(step.most()),
                switch (sent.outcome()) {
                    case ALL -> "it read all of them";
                    case BLOCKED -> "it stopped reading";
                    case BROKEN -> "it ended the connection";
                },
                switch (step.reaction()) {
                    case READS_ON -> sent.outcome() == Sent.Outcome.ALL;
                    case STOPS_READING -> sent.outcome() == Sent.Outcome.BLOCKED;
                    case GIVES_UP -> sent.outcome() != Sent.Outcome.ALL;
                });
    }

    private boolean drain(Connection connection, WireStep.Drain step) {
        var bytes = connection.wire().drain(step.bytes(), limits.within());
        return checks.add(
                step.connection(), step.bytes() + " bytes", "%d bytes came".formatted(bytes), bytes == step.bytes());
    }

    private boolean response(Connection connection, WireStep.ReadResponse step, Facts facts) {
        var response = connection.reader(step.method()).end();
        var name = responseName(step.connection());
        connection.responseEnded();
        responses.merge(step.connection(), 1, Integer::sum);
        if (isEnd(response) && step.expected().stream().anyMatch(WellFormedness.OrEnd.class::isInstance)) {
            return checks.add(name, "a response, or the end of the connection", "the connection ended", true);
        }
        if (!hasCome(name, step.expected(), response)) {
            return false;
        }
        checks.match(name, step.expected(), response, facts);
        return response.isComplete() || step.expected().stream().anyMatch(WellFormedness.Truncated.class::isInstance);
    }

    private boolean responseOrClose(Connection connection, WireStep.ReadResponseOrClose step, Facts facts) {
        return connection.reader(step.method()).head().has(Anomaly.Kind.NO_RESPONSE)
                ? checks.add(
                        responseName(step.connection()),
                        "a response, or the end of the connection in its place",
                        "the connection ended",
                        true)
                : response(
                        connection,
                        new WireStep.ReadResponse(step.connection(), step.method(), step.expected()),
                        facts);
    }

    private boolean part(Connection connection, WireStep.ReadPart step, Facts facts) {
        var reader = connection.reader(step.method());
        var response = step.bodyBytes() == 0 ? reader.head() : reader.body(step.bodyBytes());
        var name = responseName(step.connection());
        if (!hasCome(name, step.expected(), response)) {
            return false;
        }
        checks.match(name, step.expected(), response, facts);
        return checks.add(
                name,
                step.bodyBytes() == 0 ? "a head" : "%d bytes of its body".formatted(step.bodyBytes()),
                "there came " + response,
                response.body().size() >= step.bodyBytes());
    }

    /** Where there is no response, one failure says it for all that was expected of it. */
    private boolean hasCome(String name, List<ResponseMatcher> expected, Response response) {
        if (response.status() != 0) {
            return true;
        }
        var isSilence = response.has(Anomaly.Kind.TIMED_OUT)
                && response.statusLine().line().isEmpty();
        return checks.add(
                name,
                expected.isEmpty() ? "a response" : expected.getFirst().expected(),
                isSilence
                        ? "no response came within %d ms"
                                .formatted(limits.within().toMillis())
                        : "there was no response: " + response.anomalies(),
                false);
    }

    private static boolean isEnd(Response response) {
        return response.statusLine().line().isEmpty() && !response.has(Anomaly.Kind.TIMED_OUT);
    }

    private String responseName(String connection) {
        var number = responses.getOrDefault(connection, 0) + 1;
        return connection.equals(ScenarioBuilder.FIRST_CONNECTION)
                ? "response " + number
                : "response %d on %s".formatted(number, connection);
    }

    private boolean interim(Connection connection, WireStep.ReadInterim step) {
        var head = connection.wire().readThrough(HEAD_END);
        return checks.add(
                step.connection(),
                "an interim response " + step.status(),
                head.octets().isEmpty() ? "none came, and the connection is " + head : "there came " + head,
                StatusLine.parse(head.octets()).status() == step.status());
    }

    private boolean nothing(Connection connection, WireStep.ExpectNothing step) {
        var arrival = connection.wire().expectNothing();
        return checks.add(step.connection(), "that nothing comes", "there came " + arrival, arrival.isNothing());
    }

    private boolean open(Connection connection, WireStep.ExpectOpen step) {
        var isOpen = connection.wire().isOpen();
        return checks.add(step.connection(), "an open connection", isOpen ? "it is open" : "it was closed", isOpen);
    }

    private boolean close(Connection connection, WireStep.AwaitClose step) {
        var arrival = connection.wire().awaitClose();
        if (step.endings().contains(Ending.OPEN)) {
            return true;
        }
        return checks.add(
                step.connection(),
                step.silently()
                        ? "that the server ends the connection without sending more"
                        : "that the server ends the connection",
                "it is " + arrival,
                step.endings().contains(arrival.ending())
                        && (!step.silently() || arrival.octets().isEmpty()));
    }
}
