package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.MessageMatcher;
import io.asgi4j.tck.scenario.WebSocketStep;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Incoming;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.PerMessageDeflate;
import io.asgi4j.tck.wire.WebSocketClient;
import io.asgi4j.tck.wire.WebSocketHandshake;
import java.util.ArrayList;
import java.util.List;

/** What the client does over a WebSocket. Owned by the thread that runs the scenario. */
final class WebSocketSteps {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Checks checks;

    WebSocketSteps(Checks checks) {
        this.checks = checks;
    }

    /** Does a step; tells whether the scenario can go on. */
    boolean perform(Connection connection, WebSocketStep step, Facts facts) {
        return switch (step) {
            case WebSocketStep.Handshake handshake -> handshake(connection, handshake, facts);
            case WebSocketStep.ReadOpening opening -> opening(connection, opening, facts);
            case WebSocketStep.SendFrames frames -> frames(connection, frames);
            case WebSocketStep.ReadMessage read -> message(connection, read, facts);
            case WebSocketStep.CloseWebSocket close -> close(connection, close, facts);
            case WebSocketStep.AwaitWebSocketClose close -> awaitClose(connection, close, facts);
        };
    }

    private boolean handshake(Connection connection, WebSocketStep.Handshake step, Facts facts) {
        var handshake = WebSocketHandshake.to(facts.fill("{path}" + step.target()), facts.fill("{host}"))
                .withSubprotocols(step.subprotocols().toArray(String[]::new))
                .withExtensions(step.extensions().toArray(String[]::new));
        for (var line : step.lines()) {
            var colon = line.indexOf(':');
            var value = facts.fill(line.substring(colon + 1).strip());
            handshake = handshake.withField(line.substring(0, colon), value);
        }
        connection.began(handshake);
        connection.wire().send(handshake.request());
        return true;
    }

    private boolean opening(Connection connection, WebSocketStep.ReadOpening step, Facts facts) {
        var handshake = connection.handshake();
        if (handshake == null) {
            throw new IllegalStateException("the scenario reads the answer to a handshake that it did not send");
        }
        var response = connection.reader("GET").end();
        connection.responseEnded();
        var wrong = new ArrayList<>(response.anomalies());
        wrong.addAll(handshake.check(response));
        var isOpen = response.status() == SWITCHING_PROTOCOLS;
        var name = "answer to the handshake";
        checks.add(
                name,
                "that it opens the WebSocket",
                wrong.isEmpty() ? "it does" : "there came " + response.statusLine() + ": " + wrong,
                wrong.isEmpty());
        if (isOpen) {
            checks.match(name, step.expected(), response, facts);
            connection.opened(PerMessageDeflate.agreedBy(response).orElse(null));
        }
        return isOpen;
    }

    /** Before the WebSocket is open, frames are bytes like any others. */
    private boolean frames(Connection connection, WebSocketStep.SendFrames step) {
        var webSocket = connection.webSocket();
        if (webSocket != null) {
            webSocket.send(step.frames());
        } else {
            connection
                    .wire()
                    .send(Octets.concat(
                            step.frames().stream().map(Frame::encode).toArray(Octets[]::new)));
        }
        return true;
    }

    private boolean message(Connection connection, WebSocketStep.ReadMessage step, Facts facts) {
        var webSocket = connection.webSocket();
        if (webSocket == null) {
            return notOpen(step);
        }
        var incoming = step.passingPings() ? webSocket.answeringPings().message() : webSocket.next();
        checks.match(name(step), List.of(step.expected()), incoming, facts);
        return !(incoming instanceof Incoming.Silence);
    }

    private boolean close(Connection connection, WebSocketStep.CloseWebSocket step, Facts facts) {
        var webSocket = connection.webSocket();
        return webSocket == null
                ? notOpen(step)
                : closing(step, step.expected(), webSocket.close(step.code(), step.reason()), facts);
    }

    private boolean awaitClose(Connection connection, WebSocketStep.AwaitWebSocketClose step, Facts facts) {
        var webSocket = connection.webSocket();
        return webSocket == null ? notOpen(step) : closing(step, step.expected(), webSocket.awaitClose(), facts);
    }

    private boolean closing(WebSocketStep step, MessageMatcher expected, WebSocketClient.Closing closing, Facts facts) {
        checks.match(name(step), List.of(expected), closing.answer(), facts);
        if (closing.answer() instanceof Incoming.Silence) {
            // a frame that is about something else leaves open whether the WebSocket was closed at all
            return expected instanceof MessageMatcher.About
                    && checks.add(name(step), "that the server closes the WebSocket", "nothing came in time", false);
        }
        return checks.add(
                name(step),
                "that the server ends the connection after the closing handshake",
                "it is " + closing.afterwards(),
                closing.afterwards().isEnd() || closing.answer() instanceof Incoming.End);
    }

    private boolean notOpen(WebSocketStep step) {
        return checks.add(name(step), "an open WebSocket", "it was not opened", false);
    }

    private static String name(WebSocketStep step) {
        return "WebSocket on " + step.connection();
    }
}
