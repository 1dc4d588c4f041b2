package io.asgi4j.server.netty.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That it does not matter how TCP cuts a connection's octets into pieces. */
@UnderBothSchedulers
class SplitTests extends ServerTests {
    /** What applications received. */
    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    SplitTests(Setup setup) {
        super(setup);
    }

    private void application(Scope scope, Receive receive, Send send) throws Exception {
        switch (scope) {
            case HttpScope http -> {
                var body = Answers.body(receive);
                var trailers = body.isEmpty() ? "" : receive.receive();
                received.add(String.join(
                        " ", http.method(), http.rawPath(), http.queryString(), http.headers() + body, "" + trailers));
                Answers.text(send, http.rawPath());
            }
            case WebSocketScope webSocket -> {
                receive.receive();
                send.send(new WebSocketAccept());
                var events = new StringBuilder(webSocket.headers().toString());
                for (var event = receive.receive(); ; event = receive.receive()) {
                    events.append(event);
                    if (!(event instanceof WebSocketReceive)) {
                        break;
                    }
                }
                received.add(events.toString());
            }
            case LifespanScope ignored -> throw new AssertionError(scope);
            case ExtensionScope ignored -> throw new AssertionError(scope);
        }
    }

    static List<Conversation> conversations() {
        return Conversation.all();
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void aConversationThatIsCutAnywhereIsTheSameConversation(Conversation conversation) throws Exception {
        Application application = this::application;
        // The reason of the end is never lost, however late the client reads it.
        var patient = options().with(ServerOptions.LINGERING_TIMEOUT, WireClient.PATIENCE);
        var server = serve(patient, new State(), application);
        var sent = conversation.sent();
        var whole = outcome(server, conversation, sent);
        for (var cut = 1; cut < sent.length; cut++) {
            assertEquals(
                    whole,
                    outcome(server, conversation, Arrays.copyOf(sent, cut), Arrays.copyOfRange(sent, cut, sent.length)),
                    "cut at " + cut);
        }
        var octets = new byte[sent.length][];
        Arrays.setAll(octets, i -> new byte[] {sent[i]});
        assertEquals(whole, outcome(server, conversation, octets), "octet by octet");
    }

    /** What came on each stream, why the connection ended if it did, and what the application received. */
    private Map<Integer, String> outcome(TestServer server, Conversation conversation, byte[]... pieces)
            throws IOException, InterruptedException {
        var streams = new TreeMap<Integer, String>();
        try (var client = Http2Wire.silent(server.port())) {
            for (var piece : pieces) {
                client.trySend(piece);
            }
            for (var open = conversation.streams(); open > 0; ) {
                var frame = client.next();
                streams.merge(frame.stream(), words(frame), String::concat);
                if (frame.type() == -1) {
                    break;
                }
                if (frame.stream() > 0 && (frame.has(Http2Wire.END_STREAM) || frame.type() == Http2Wire.RST_STREAM)) {
                    open--;
                }
            }
        }
        for (var calls = conversation.calls(); calls > 0; calls--) {
            server.nextEnd();
        }
        streams.put(-1, received.stream().sorted().toList().toString());
        received.clear();
        return streams;
    }

    /** The frame but for what it has to do with time, and with windows. */
    private static String words(Http2Wire.Frame frame) {
        return switch (frame.type()) {
            case Http2Wire.DATA -> new String(frame.payload(), StandardCharsets.ISO_8859_1);
            case Http2Wire.HEADERS ->
                Http2Wire.status(frame) + " " + Http2Wire.fields(frame).without("date") + " ";
            case Http2Wire.RST_STREAM, Http2Wire.GOAWAY -> "ended by " + frame.error();
            default -> "";
        };
    }
}
