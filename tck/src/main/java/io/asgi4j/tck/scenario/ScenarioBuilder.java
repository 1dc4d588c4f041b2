package io.asgi4j.tck.scenario;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.scenario.WireStep.Reaction;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Until;
import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Ending;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.http2.FieldSection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Says step by step what the client of a scenario does and what must be true. It builds data; nothing is run.
 *
 * <p>Texts that are sent are ISO-8859-1, one byte per character; {@link Facts} stand in them in braces. All steps are on the
 * connection {@code client} until {@link #on} names another one. Used by one thread.
 */
public final class ScenarioBuilder {
    /** The connection of all steps that name none. */
    public static final String FIRST_CONNECTION = "client";

    private static final Set<Ending> BY_SERVER = Set.of(Ending.ORDERLY, Ending.RESET);

    private final Script application;
    private final List<ClientStep> client = new ArrayList<>();
    private final List<TraceMatcher> trace = new ArrayList<>();
    private final List<TraceMatcher> lifespan = new ArrayList<>();
    private final List<String> reported = new ArrayList<>();
    private final Unanswered unanswered = new Unanswered();
    private Start start = Start.USUAL;
    private String connection = FIRST_CONNECTION;
    private final Set<String> named = new LinkedHashSet<>();
    private List<String> about = List.of();
    private String hint = "";

    /** Begins with what the application does. */
    public ScenarioBuilder(Script application) {
        this.application = application;
    }

    /** The scenario, with what is known of it from elsewhere. */
    public Scenario build(String id, String title, List<String> requirements, Set<Feature> needs, boolean alone) {
        for (var slug : named) {
            if (!requirements.contains(slug)) {
                throw new IllegalArgumentException(id + " has no requirement " + slug);
            }
        }
        return new Scenario(
                id, title, requirements, needs, alone, start, application, client, trace, lifespan, reported, hint);
    }

    // how the server is started, and what may be wrong with it

    /** The server is started with this option. */
    public ScenarioBuilder startedWith(StartOption option, String text) {
        return started(options -> options.with(option, text));
    }

    /** The server is started with this option. */
    public ScenarioBuilder startedWith(StartOption option, Duration duration) {
        return started(options -> options.with(option, duration));
    }

    /** The server is started with this option. */
    public ScenarioBuilder startedWith(StartOption option, int count) {
        return started(options -> options.with(option, count));
    }

    /** The server is started with this option where that can be set; elsewhere its default has to do. */
    public ScenarioBuilder preferring(StartOption option, String text) {
        start = start.preferring(start.preferred().with(option, text));
        return this;
    }

    /** The server is started with this option where that can be set; elsewhere its default has to do. */
    public ScenarioBuilder preferring(StartOption option, Duration duration) {
        start = start.preferring(start.preferred().with(option, duration));
        return this;
    }

    private ScenarioBuilder started(UnaryOperator<StartOptions> change) {
        start = start.with(change.apply(start.options()));
        return this;
    }

    /** The application does this in its lifespan call. */
    public ScenarioBuilder lifespan(Script script) {
        start = start.with(script);
        return this;
    }

    /** The server must refuse to start, so that there is nothing for a client to do. */
    public ScenarioBuilder expectStartRefused() {
        start = start.thatIsRefused();
        return this;
    }

    /** A client tries to connect before the server has started; this must have happened in the lifespan call when it can. */
    public ScenarioBuilder expectAtFirstConnection(TraceMatcher... expected) {
        start = start.expectingAtFirstConnection(about(expected));
        return this;
    }

    /** A client asks before the server has started; this must have happened in the lifespan call when it gets an answer. */
    public ScenarioBuilder expectAtFirstAnswer(TraceMatcher... expected) {
        start = start.expectingAtFirstAnswer(about(expected));
        return this;
    }

    /** What is likely wrong with a server that fails. */
    public ScenarioBuilder hint(String sentence) {
        hint = sentence;
        return this;
    }

    /**
     * What is expected from here on is about these requirements alone, so that it binds a server only as far as they do; without any,
     * it is about all those of the scenario again.
     */
    public ScenarioBuilder about(String... requirements) {
        about = List.of(requirements);
        named.addAll(about);
        return add(new ClientStep.About(about));
    }

    // connections

    /** The following steps are on this connection. */
    public ScenarioBuilder on(String name) {
        connection = name;
        return this;
    }

    /** Connects now; otherwise the first step that needs the connection does. */
    public ScenarioBuilder connect() {
        return add(new WireStep.Connect(connection, 0));
    }

    /** Connects with a small receive buffer, so that little fits between the server and a client that does not read. */
    public ScenarioBuilder connectWithReceiveBuffer(int size) {
        return add(new WireStep.Connect(connection, size));
    }

    /** Ends the client's side and goes on reading. */
    public ScenarioBuilder halfClose() {
        return add(new WireStep.HalfClose(connection));
    }

    /** Closes the connection. */
    public ScenarioBuilder close() {
        return add(new WireStep.Close(connection));
    }

    /** Breaks the connection. */
    public ScenarioBuilder reset() {
        return add(new WireStep.Reset(connection));
    }

    /** The server ends the connection, without another byte. */
    public ScenarioBuilder expectClose() {
        return add(new WireStep.AwaitClose(connection, BY_SERVER, true));
    }

    /** The server ends the connection, whatever it sends before. */
    public ScenarioBuilder expectCloseAfterAnything() {
        return add(new WireStep.AwaitClose(connection, BY_SERVER, false));
    }

    /** Reads whatever comes until the server ends the connection, or until it is clear that it does not. */
    public ScenarioBuilder readToTheEnd() {
        return add(new WireStep.AwaitClose(connection, Set.of(Ending.values()), false));
    }

    /** Nothing comes for a short while. Where a second exchange on the connection proves the same, that is better. */
    public ScenarioBuilder expectNothing() {
        return add(new WireStep.ExpectNothing(connection));
    }

    /** The connection is still open. */
    public ScenarioBuilder expectOpen() {
        return add(new WireStep.ExpectOpen(connection));
    }

    /** A new connection is refused. */
    public ScenarioBuilder expectRefused() {
        return add(new ClientStep.ExpectRefused());
    }

    // bytes

    /** Writes lines, each ended by CRLF. A request without body ends with an empty line. */
    public ScenarioBuilder send(String... lines) {
        return write(String.join("\r\n", lines) + "\r\n");
    }

    /** Writes a {@code GET} of the scenario's path. */
    public ScenarioBuilder get() {
        return get("");
    }

    /** Writes a {@code GET} of the scenario's path with something behind it, such as {@code /x?y=1}. */
    public ScenarioBuilder get(String behind) {
        return send("GET {path}" + behind + " HTTP/1.1", "Host: {host}", "");
    }

    /** Writes a {@code POST} of the scenario's path with a Content-Length. */
    public ScenarioBuilder post(String body) {
        return post(Matchers.latin1(body));
    }

    /** Writes a {@code POST} of the scenario's path with a Content-Length. */
    public ScenarioBuilder post(KnownBytes body) {
        var head = "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return write(0, 0, Matchers.latin1(head), body);
    }

    /** Writes a text as it is. */
    public ScenarioBuilder write(String text) {
        return write(0, 0, Matchers.latin1(text));
    }

    /** Writes bytes. */
    public ScenarioBuilder write(KnownBytes bytes) {
        return write(0, 0, bytes);
    }

    /** Writes a text in pieces of so many bytes. */
    public ScenarioBuilder writeInPieces(int size, String text) {
        return write(size, 0, Matchers.latin1(text));
    }

    /** Writes a text in pieces of so many bytes with pauses between, so that the server likely reads each alone. */
    public ScenarioBuilder writeInPieces(int size, Duration pause, String text) {
        return write(size, Math.toIntExact(pause.toMillis()), Matchers.latin1(text));
    }

    private ScenarioBuilder write(int pieceSize, int pauseMillis, KnownBytes... parts) {
        unanswered.written(connection, parts[0]);
        return add(new WireStep.Send(connection, List.of(parts), pieceSize, pauseMillis));
    }

    /** Writes a block again and again; the server must stop reading before {@code most} bytes. */
    public ScenarioBuilder floodUntilBlocked(KnownBytes block, long most) {
        return add(new WireStep.Flood(connection, block, most, Reaction.STOPS_READING));
    }

    /** Writes a block again and again, {@code most} bytes in all, which the server must read. */
    public ScenarioBuilder flood(KnownBytes block, long most) {
        return add(new WireStep.Flood(connection, block, most, Reaction.READS_ON));
    }

    /** Writes a block again and again; the server must stop reading, or end the connection, before {@code most} bytes. */
    public ScenarioBuilder floodUntilGivenUp(KnownBytes block, long most) {
        return add(new WireStep.Flood(connection, block, most, Reaction.GIVES_UP));
    }

    /** Reads and forgets so many bytes, which must come. */
    public ScenarioBuilder drain(long bytes) {
        return add(new WireStep.Drain(connection, bytes));
    }

    // responses

    /** Reads the response to the next request that was not answered yet. It must be well-formed unless a matcher says otherwise. */
    public ScenarioBuilder expectResponse(ResponseMatcher... expected) {
        return expectResponseTo(unanswered.answered(connection), expected);
    }

    /** Reads the response to a request with this method, which tells where a response ends. */
    public ScenarioBuilder expectResponseTo(String method, ResponseMatcher... expected) {
        return add(new WireStep.ReadResponse(connection, method, complete(expected)));
    }

    /** The server ends the connection without another byte, or else answers the next request like this: the last one on a connection. */
    public ScenarioBuilder expectResponseOrClose(ResponseMatcher... expected) {
        return add(new WireStep.ReadResponseOrClose(connection, unanswered.answered(connection), complete(expected)));
    }

    /** Reads the response to the next request, which must have this status. */
    public ScenarioBuilder expectStatus(int... any) {
        return expectResponse(Matchers.status(any));
    }

    /** Reads an interim response, which must have this status and is then no part of the final one. */
    public ScenarioBuilder expectInterim(int status) {
        return add(new WireStep.ReadInterim(connection, status));
    }

    /** Reads the next response as far as its head. {@link #expectResponse} reads on to its end. */
    public ScenarioBuilder expectHead(ResponseMatcher... expected) {
        return expectPart(0, expected);
    }

    /** Reads the next response as far as so many bytes of its body. {@link #expectResponse} reads on to its end. */
    public ScenarioBuilder expectPart(int bodyBytes, ResponseMatcher... expected) {
        return add(new WireStep.ReadPart(connection, unanswered.next(connection), bodyBytes, List.of(expected)));
    }

    private static List<ResponseMatcher> complete(ResponseMatcher... expected) {
        var all = new ArrayList<>(List.of(expected));
        var isExempt = all.stream()
                .anyMatch(matcher ->
                        matcher instanceof WellFormedness.Truncated || matcher instanceof WellFormedness.Tolerating);
        if (!isExempt) {
            all.add(new WellFormedness.WellFormed());
        }
        return all;
    }

    // HTTP/2

    /** Writes a {@code GET} of HTTP/2 on a stream, with something behind the scenario's path and further fields. */
    public ScenarioBuilder http2Get(int stream, String behind, String... namesAndValues) {
        var fields = new ArrayList<>(List.of(
                FieldSection.field(":method", "GET"),
                FieldSection.field(":scheme", "http"),
                FieldSection.field(":authority", "{host}"),
                FieldSection.field(":path", "{path}" + behind)));
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.add(FieldSection.field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return add(new Http2Step.Ask(connection, stream, fields));
    }

    /** Reads the response on a stream of HTTP/2. It must be well-formed unless a matcher says otherwise. */
    public ScenarioBuilder expectOnStream(int stream, ResponseMatcher... expected) {
        return add(new Http2Step.ReadStream(connection, stream, complete(expected)));
    }

    // WebSocket

    /** Writes the request that opens a WebSocket. */
    public ScenarioBuilder handshake() {
        return handshake("");
    }

    /** Writes the request that opens a WebSocket, with something behind the scenario's path and further field lines. */
    public ScenarioBuilder handshake(String behind, String... lines) {
        return handshake(behind, List.of(), List.of(), List.of(lines));
    }

    /** Writes the request that opens a WebSocket and offers subprotocols. */
    public ScenarioBuilder handshakeOffering(String... subprotocols) {
        return handshake("", List.of(subprotocols), List.of(), List.of());
    }

    /** Writes the request that opens a WebSocket and offers extensions of the protocol. */
    public ScenarioBuilder handshakeWithExtensions(String... extensions) {
        return handshake("", List.of(), List.of(extensions), List.of());
    }

    private ScenarioBuilder handshake(
            String behind, List<String> subprotocols, List<String> extensions, List<String> lines) {
        unanswered.asked(connection, "GET");
        return add(new WebSocketStep.Handshake(connection, behind, subprotocols, extensions, lines));
    }

    /** Reads the answer to the handshake, which must open the WebSocket. */
    public ScenarioBuilder expectOpening(ResponseMatcher... expected) {
        unanswered.answered(connection);
        return add(new WebSocketStep.ReadOpening(connection, List.of(expected)));
    }

    /** Opens a WebSocket: {@link #handshake()}, {@link #expectOpening}. */
    public ScenarioBuilder openWebSocket() {
        return handshake().expectOpening();
    }

    /** Sends a text message. */
    public ScenarioBuilder sendText(String text) {
        return sendFrames(Frame.text(text));
    }

    /** Sends frames at once, legal or not. */
    public ScenarioBuilder sendFrames(Frame... frames) {
        return add(new WebSocketStep.SendFrames(connection, List.of(frames)));
    }

    /** Sends frames at once, legal or not. */
    public ScenarioBuilder sendFrames(List<Frame> frames) {
        return add(new WebSocketStep.SendFrames(connection, frames));
    }

    /** Reads a message; pings before it are answered. */
    public ScenarioBuilder expectMessage(MessageMatcher expected) {
        return add(new WebSocketStep.ReadMessage(connection, expected, true));
    }

    /** Reads whatever comes next, a ping too. */
    public ScenarioBuilder expectNext(MessageMatcher expected) {
        return add(new WebSocketStep.ReadMessage(connection, expected, false));
    }

    /** Closes the WebSocket; the server must answer by the same code and end the connection. */
    public ScenarioBuilder closeWebSocket(int code, String reason) {
        return add(new WebSocketStep.CloseWebSocket(connection, code, reason, Matchers.closeFrame(code)));
    }

    /** Waits for the server's close frame, answers it, and sees the connection end. */
    public ScenarioBuilder expectWebSocketClose(MessageMatcher expected) {
        return add(new WebSocketStep.AwaitWebSocketClose(connection, expected));
    }

    // the application and the server

    /** Gives a signal, for which a script {@linkplain Scripts#await waits}. */
    public ScenarioBuilder signal(String name) {
        return add(new ClientStep.Signal(name, false));
    }

    /** Gives a signal for which the lifespan call waits. */
    public ScenarioBuilder signalLifespan(String name) {
        return add(new ClientStep.Signal(name, true));
    }

    /** Waits until something has happened to the application, in the form of {@link Until}: {@code received:http.disconnect}. */
    public ScenarioBuilder awaitApp(String until) {
        return add(new ClientStep.AwaitApplication(Until.parse(until)));
    }

    /** This has happened to the application, in the form of {@link Until}, and nothing does after it for a short while. */
    public ScenarioBuilder expectAppQuietAfter(String until) {
        return add(new ClientStep.ApplicationQuiet(Until.parse(until)));
    }

    /** Must be true of what happened to the application by the end. */
    public ScenarioBuilder expectApp(TraceMatcher... expected) {
        trace.addAll(about(expected));
        return this;
    }

    /** Must be true of what happened in the lifespan call, once the server was stopped. */
    public ScenarioBuilder expectLifespan(TraceMatcher... expected) {
        lifespan.addAll(about(expected));
        return this;
    }

    private List<TraceMatcher> about(TraceMatcher... expected) {
        return about.isEmpty()
                ? List.of(expected)
                : Arrays.stream(expected)
                        .<TraceMatcher>map(matcher -> new TraceMatcher.About(about, matcher))
                        .toList();
    }

    /** The server must have told its operator this text by the end. */
    public ScenarioBuilder expectReported(String text) {
        reported.add(text);
        return this;
    }

    /** Tells the server to stop gracefully, and goes on. */
    public ScenarioBuilder stopServer() {
        return add(new ClientStep.StopServer());
    }

    /** Waits until the server has stopped, and reported no failure. */
    public ScenarioBuilder expectStopped() {
        return add(new ClientStep.AwaitStopped(ClientStep.Stop.WELL));
    }

    /** Waits until the server has stopped and told its operator that the shutdown failed. */
    public ScenarioBuilder expectStoppedWithFailure() {
        return add(new ClientStep.AwaitStopped(ClientStep.Stop.WITH_FAILURE));
    }

    /** Waits until the server has stopped, whether or not it takes that for a failure. */
    public ScenarioBuilder expectStoppedEitherWay() {
        return add(new ClientStep.AwaitStopped(ClientStep.Stop.EITHER_WAY));
    }

    // a real client

    /** OkHttp gets the scenario's path so many times, and reads status 200 with this body. */
    public ScenarioBuilder okHttpGets(int times, String body) {
        return add(new ClientStep.RealRequests("GET", "", Matchers.bytes(""), times, 200, Matchers.bytes(body)));
    }

    /** OkHttp posts a body to the scenario's path, and reads status 200 with another one. */
    public ScenarioBuilder okHttpPosts(KnownBytes sent, KnownBytes body) {
        return add(new ClientStep.RealRequests("POST", "", sent, 1, 200, body));
    }

    /** OkHttp opens a WebSocket, sends texts, reads others and closes. */
    public ScenarioBuilder okHttpTalks(List<String> sent, List<String> expected) {
        return add(new ClientStep.RealWebSocket("", sent, expected));
    }

    private ScenarioBuilder add(ClientStep step) {
        client.add(step);
        return this;
    }
}
