package io.asgi4j.tck.run;

import io.asgi4j.tck.control.TraceSnapshot;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Matcher;
import io.asgi4j.tck.scenario.MessageMatcher;
import io.asgi4j.tck.scenario.ResponseMatcher;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.wire.Arrival;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Incoming;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.PerMessageDeflate;
import io.asgi4j.tck.wire.Sent;
import io.asgi4j.tck.wire.StatusLine;
import io.asgi4j.tck.wire.Transcript;
import io.asgi4j.tck.wire.WebSocketHandshake;
import io.asgi4j.tck.wire.WireClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a scenario: does its steps and looks at what comes. Owned by the thread that runs the scenario.
 *
 * <p>A step that finds something unexpected does not end the run, one after which there is nothing to go on with does.
 */
final class ClientRun implements AutoCloseable {
    private static final Octets HEAD_END = Octets.latin1("\r\n\r\n");

    private final Target target;
    private final String wireId;
    private final Limits limits;
    private final Transcript transcript;
    private final Map<String, Connection> connections = new LinkedHashMap<>();
    private final Map<String, Integer> responses = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<Octets> requests = new ArrayList<>();
    private final Stopping stopping;
    private Facts facts;

    ClientRun(Target target, String wireId, Limits limits, Transcript transcript) {
        this.target = target;
        this.wireId = wireId;
        this.limits = limits;
        this.transcript = transcript;
        this.stopping = new Stopping(target.server(), transcript);
        this.facts = target.facts(wireId);
    }

    /**
     * Does the steps.
     *
     * @return whether all of them could be done
     * @throws IOException if the application could not be controlled
     */
    boolean perform(List<ClientStep> steps) throws IOException, InterruptedException {
        for (var step : steps) {
            if (!perform(step)) {
                return false;
            }
        }
        return true;
    }

    /** What was looked at. */
    List<Check> checks() {
        var all = new ArrayList<>(checks);
        connections.forEach((name, connection) -> {
            var webSocket = connection.webSocket();
            if (webSocket != null && !webSocket.anomalies().isEmpty()) {
                all.add(Check.failed("frames on " + name, "only legal frames", "there was " + webSocket.anomalies()));
            }
        });
        return all;
    }

    /** What is known by now. */
    Facts facts() {
        return facts;
    }

    /** What was written with one write each. */
    List<Octets> requests() {
        return requests;
    }

    /** The server's way to its end. */
    Stopping stopping() {
        return stopping;
    }

    @Override
    public void close() {
        connections.values().forEach(Connection::close);
    }

    private boolean perform(ClientStep step) throws IOException, InterruptedException {
        return switch (step) {
            case ClientStep.OnConnection onConnection -> performOn(onConnection);
            case ClientStep.Signal signal -> {
                transcript.note("kit", "gives the signal " + signal.name());
                target.control().signal(wireId, signal.name());
                yield true;
            }
            case ClientStep.AwaitApplication await -> {
                var snapshot = target.control().await(wireId, await.until(), limits.within());
                yield check(
                        "application",
                        "that this happens within %d ms: %s"
                                .formatted(limits.within().toMillis(), await.until()),
                        TraceWatch.view(snapshot).summary(),
                        snapshot.satisfied());
            }
            case ClientStep.ApplicationQuiet quiet -> {
                var before = target.control().trace(wireId);
                var after = target.control().await(wireId, next(before), limits.quiet());
                yield check(
                        "application",
                        "that nothing more happens to it",
                        TraceWatch.view(after).summary(),
                        !after.satisfied());
            }
            case ClientStep.RealRequests requests -> {
                checks.addAll(new RealClient(limits, facts).exchange(requests));
                yield true;
            }
            case ClientStep.RealWebSocket webSocket -> {
                checks.addAll(new RealClient(limits, facts).talk(webSocket));
                yield true;
            }
            case ClientStep.StopServer stop -> {
                stopping.begin();
                yield true;
            }
            case ClientStep.AwaitStopped await -> stopped(await);
            case ClientStep.ExpectRefused refused -> refused();
        };
    }

    private static Until next(TraceSnapshot snapshot) {
        return Until.parse("*" + (snapshot.entries().size() + 1));
    }

    private boolean performOn(ClientStep.OnConnection step) {
        Connection connection;
        try {
            connection = connection(step);
        } catch (IOException e) {
            return check(step.connection(), "that the server accepts a connection", e.toString(), false);
        }
        return switch (step) {
            case ClientStep.Connect connect -> true;
            case ClientStep.Send send -> send(connection, send);
            case ClientStep.Flood flood -> flood(connection, flood);
            case ClientStep.Drain drain -> {
                var bytes = connection.wire().drain(drain.bytes(), limits.within());
                yield check(step.connection(), drain.bytes() + " bytes", bytes + " bytes came", bytes == drain.bytes());
            }
            case ClientStep.ReadResponse read -> readResponse(connection, read);
            case ClientStep.ReadPart part -> readPart(connection, part);
            case ClientStep.ReadInterim interim -> {
                var head = connection.wire().readThrough(HEAD_END);
                yield check(
                        step.connection(),
                        "an interim response " + interim.status(),
                        "there came " + head,
                        StatusLine.parse(head.octets()).status() == interim.status());
            }
            case ClientStep.ExpectNothing nothing -> {
                var arrival = connection.wire().expectNothing();
                yield check(step.connection(), "that nothing comes", "there came " + arrival, arrival.isNothing());
            }
            case ClientStep.ExpectOpen open -> {
                var isOpen = connection.wire().isOpen();
                yield check(step.connection(), "an open connection", isOpen ? "it is open" : "it was closed", isOpen);
            }
            case ClientStep.HalfClose close -> {
                connection.wire().halfClose();
                yield true;
            }
            case ClientStep.Close close -> {
                connection.close();
                yield true;
            }
            case ClientStep.Reset reset -> {
                connection.wire().reset();
                yield true;
            }
            case ClientStep.AwaitClose close -> awaitClose(connection, close);
            case ClientStep.Handshake handshake -> handshake(connection, handshake);
            case ClientStep.ReadOpening opening -> readOpening(connection, opening);
            case ClientStep.SendFrames frames -> sendFrames(connection, frames.frames());
            case ClientStep.ReadMessage read -> readMessage(connection, read);
            case ClientStep.CloseWebSocket close -> {
                var webSocket = connection.webSocket();
                yield webSocket == null
                        ? notOpen(step)
                        : closing(step, close.expected(), webSocket.close(close.code(), close.reason()));
            }
            case ClientStep.AwaitWebSocketClose close -> {
                var webSocket = connection.webSocket();
                yield webSocket == null ? notOpen(step) : closing(step, close.expected(), webSocket.awaitClose());
            }
        };
    }

    private Connection connection(ClientStep.OnConnection step) throws IOException {
        var open = connections.get(step.connection());
        if (open != null) {
            return open;
        }
        var receiveBuffer = step instanceof ClientStep.Connect connect ? connect.receiveBuffer() : 0;
        var wire = WireClient.open(target.address(), receiveBuffer, step.connection(), limits, transcript);
        if (step.connection().equals(ScenarioBuilder.FIRST_CONNECTION)
                && wire.localAddress() instanceof InetSocketAddress local) {
            facts = facts.with("client_host", local.getAddress().getHostAddress())
                    .with("client_port", Integer.toString(local.getPort()));
        }
        var connection = new Connection(wire);
        connections.put(step.connection(), connection);
        return connection;
    }

    private boolean send(Connection connection, ClientStep.Send send) {
        var octets = Octets.concat(send.parts().stream()
                .map(part -> Octets.of(facts.fill(part).toByteArray()))
                .toArray(Octets[]::new));
        requests.add(octets);
        var sent = send.pieceSize() == 0
                ? connection.wire().send(octets)
                : connection.wire().sendInPieces(octets, send.pieceSize(), Duration.ofMillis(send.pauseMillis()));
        return sent.outcome() != Sent.Outcome.BLOCKED
                || check(
                        send.connection(),
                        "that the server reads what is written",
                        "it does not read on after %d bytes".formatted(sent.bytes()),
                        false);
    }

    private boolean flood(Connection connection, ClientStep.Flood flood) {
        var stall = flood.stops() ? limits.within().dividedBy(5) : limits.within();
        var sent = connection.wire().flood(Octets.of(flood.block().toByteArray()), flood.most(), stall);
        var wanted = flood.stops() ? Sent.Outcome.BLOCKED : Sent.Outcome.ALL;
        return check(
                flood.connection(),
                flood.stops()
                        ? "that the server stops reading before %d bytes".formatted(flood.most())
                        : "that the server reads %d bytes".formatted(flood.most()),
                switch (sent.outcome()) {
                    case ALL -> "it read all of them";
                    case BLOCKED -> "it stopped reading after about %d bytes".formatted(sent.bytes());
                    case BROKEN -> "it ended the connection after about %d bytes".formatted(sent.bytes());
                },
                sent.outcome() == wanted);
    }

    private boolean readResponse(Connection connection, ClientStep.ReadResponse read) {
        var response = connection.reader(read.method()).end();
        connection.responseEnded();
        checkAll(responseName(read.connection()), read.expected(), response);
        responses.merge(read.connection(), 1, Integer::sum);
        return response.isComplete() || (response.status() != 0 && isTruncationExpected(read.expected()));
    }

    private static boolean isTruncationExpected(List<ResponseMatcher> expected) {
        return expected.stream().anyMatch(ResponseMatcher.Truncated.class::isInstance);
    }

    private boolean readPart(Connection connection, ClientStep.ReadPart part) {
        var reader = connection.reader(part.method());
        var response = part.bodyBytes() == 0 ? reader.head() : reader.body(part.bodyBytes());
        var name = responseName(part.connection());
        checkAll(name, part.expected(), response);
        return check(
                name,
                part.bodyBytes() == 0 ? "a head" : "%d bytes of its body".formatted(part.bodyBytes()),
                "there came " + response,
                response.status() != 0 && response.body().size() >= part.bodyBytes());
    }

    private boolean awaitClose(Connection connection, ClientStep.AwaitClose close) {
        Arrival arrival = connection.wire().awaitClose();
        return check(
                close.connection(),
                close.silently()
                        ? "that the server ends the connection without sending more"
                        : "that the server ends the connection",
                "it is " + arrival,
                close.endings().contains(arrival.ending())
                        && (!close.silently() || arrival.octets().isEmpty()));
    }

    private boolean handshake(Connection connection, ClientStep.Handshake step) {
        var handshake = WebSocketHandshake.to(facts.fill("{path}" + step.target()), facts.fill("{host}"))
                .withSubprotocols(step.subprotocols().toArray(String[]::new))
                .withExtensions(step.extensions().toArray(String[]::new));
        for (var line : step.lines()) {
            var colon = line.indexOf(':');
            handshake = handshake.withField(
                    line.substring(0, colon),
                    facts.fill(line.substring(colon + 1).strip()));
        }
        connection.began(handshake);
        connection.wire().send(handshake.request());
        return true;
    }

    private boolean readOpening(Connection connection, ClientStep.ReadOpening opening) {
        var handshake = connection.handshake();
        if (handshake == null) {
            throw new IllegalStateException("the scenario reads the answer to a handshake that it did not send");
        }
        var response = connection.reader("GET").end();
        connection.responseEnded();
        checkAll("answer to the handshake", opening.expected(), response);
        var wrong = new ArrayList<>(response.anomalies());
        wrong.addAll(handshake.check(response));
        var isOpen = response.status() == 101;
        if (isOpen) {
            connection.opened(PerMessageDeflate.agreedBy(response).orElse(null));
        }
        check(
                "answer to the handshake",
                "that it opens the WebSocket",
                wrong.isEmpty() ? "it does" : "there came " + response.statusLine() + ": " + wrong,
                wrong.isEmpty());
        return isOpen;
    }

    private boolean sendFrames(Connection connection, List<Frame> frames) {
        var webSocket = connection.webSocket();
        if (webSocket != null) {
            webSocket.send(frames);
        } else {
            connection
                    .wire()
                    .send(Octets.concat(frames.stream().map(Frame::encode).toArray(Octets[]::new)));
        }
        return true;
    }

    private boolean readMessage(Connection connection, ClientStep.ReadMessage read) {
        var webSocket = connection.webSocket();
        if (webSocket == null) {
            return notOpen(read);
        }
        var incoming = read.passingPings() ? webSocket.answeringPings().message() : webSocket.next();
        checkAll("WebSocket on " + read.connection(), List.of(read.expected()), incoming);
        return !(incoming instanceof Incoming.Silence);
    }

    private boolean closing(
            ClientStep.OnConnection step, MessageMatcher expected, io.asgi4j.tck.wire.WebSocketClient.Closing closing) {
        checkAll("WebSocket on " + step.connection(), List.of(expected), closing.answer());
        return check(
                "WebSocket on " + step.connection(),
                "that the server ends the connection after the closing handshake",
                "it is " + closing.afterwards(),
                closing.afterwards().isEnd() || closing.answer() instanceof Incoming.End);
    }

    private boolean notOpen(ClientStep.OnConnection step) {
        return check("WebSocket on " + step.connection(), "an open WebSocket", "it was not opened", false);
    }

    private boolean stopped(ClientStep.AwaitStopped await) throws InterruptedException {
        @Nullable LaunchException failure = stopping.await();
        return check(
                "server",
                await.failing() ? "that it stops and reports a failure" : "that it stops without a failure",
                failure == null ? "it stopped without a failure" : String.valueOf(failure.getMessage()),
                (failure != null) == await.failing());
    }

    private boolean refused() {
        try (var wire = WireClient.open(target.address(), "late", limits, transcript)) {
            var arrival = wire.awaitClose();
            return check("late connection", "that the server refuses it", "it is " + arrival, arrival.isOnlyTheEnd());
        } catch (IOException e) {
            return check("late connection", "that the server refuses it", "it did", true);
        }
    }

    private String responseName(String connection) {
        var number = responses.getOrDefault(connection, 0) + 1;
        return connection.equals(ScenarioBuilder.FIRST_CONNECTION)
                ? "response " + number
                : "response %d on %s".formatted(number, connection);
    }

    private <T> void checkAll(String subject, List<? extends Matcher<T>> expected, T actual) {
        expected.forEach(matcher -> checks.add(matcher.check(subject, actual, facts)));
    }

    private boolean check(String subject, String expected, String actual, boolean passed) {
        checks.add(new Check(subject, expected, actual, passed));
        return passed;
    }
}
