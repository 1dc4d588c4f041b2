package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.scenario.WireStep;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Transcript;
import io.asgi4j.tck.wire.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connections of a scenario's client, by name, and what is known because of them. Owned by the thread that runs the scenario. */
final class Connections implements AutoCloseable {
    private final InetSocketAddress server;
    private final Limits limits;
    private final Transcript transcript;
    private final Map<String, Connection> open = new LinkedHashMap<>();
    private Facts facts;

    Connections(InetSocketAddress server, Limits limits, Transcript transcript, Facts facts) {
        this.server = server;
        this.limits = limits;
        this.transcript = transcript;
        this.facts = facts;
    }

    /** What is known by now. */
    Facts facts() {
        return facts;
    }

    /** The connection of a step, which opens it if it is the first one. */
    Connection of(ClientStep.OnConnection step) throws IOException {
        var existing = open.get(step.connection());
        if (existing != null) {
            return existing;
        }
        var receiveBuffer = step instanceof WireStep.Connect connect ? connect.receiveBuffer() : 0;
        var connection = new Connection(connect(step.connection(), receiveBuffer));
        open.put(step.connection(), connection);
        return connection;
    }

    private WireClient connect(String name, int receiveBuffer) throws IOException {
        var wire = WireClient.open(server, receiveBuffer, name, limits, transcript);
        if (name.equals(ScenarioBuilder.FIRST_CONNECTION) && wire.localAddress() instanceof InetSocketAddress local) {
            facts = facts.with("client_host", local.getAddress().getHostAddress())
                    .with("client_port", Integer.toString(local.getPort()));
        }
        return wire;
    }

    /** Looks whether the server still takes connections: opens one and sees it end at once, or cannot open it. */
    String refusal() {
        try (var wire = WireClient.open(server, "late", limits, transcript)) {
            var arrival = wire.awaitClose();
            return arrival.isOnlyTheEnd() ? "" : "it is " + arrival;
        } catch (IOException e) {
            return "";
        }
    }

    /** Looks at the frames of all WebSockets. */
    void checkFrames(Checks checks) {
        open.forEach((name, connection) -> {
            var webSocket = connection.webSocket();
            if (webSocket != null && !webSocket.anomalies().isEmpty()) {
                checks.add("frames on " + name, "only legal frames", "there was " + webSocket.anomalies(), false);
            }
        });
    }

    @Override
    public void close() {
        open.values().forEach(Connection::close);
    }
}
