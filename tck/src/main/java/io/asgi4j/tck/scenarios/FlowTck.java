package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.atLeast;
import static io.asgi4j.tck.scenario.Matchers.binary;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.latin1;
import static io.asgi4j.tck.scenario.Matchers.present;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.unfinishedRequestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.sendBytes;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who waits for whom: a client for the application, the application for a client, and what a server holds in the meantime. */
public abstract class FlowTck extends Tck {
    private static final int BLOCK = 65536;
    private static final int MEGABYTE = 1 << 20;
    private static final long TOO_MUCH = 64L << 20;

    @Test
    @Requirement({"flow.reading-stops", "flow.memory-bounded"})
    final void aBodyIsReadNoFasterThanItIsReceived() {
        scenario(app(await("go"), receiveUntil("http.disconnect").summarised()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000000000\r\n\r\n")
                .awaitApp("scope")
                .floodUntilBlocked(fill("x", BLOCK), TOO_MUCH)
                .signal("go")
                .flood(fill("x", BLOCK), TOO_MUCH / 8)
                .close()
                .expectApp(received("http.disconnect").detail("bytes", atLeast(TOO_MUCH / 8)), returned());
    }

    @Test
    @Requirement({"flow.reading-stops", "flow.memory-bounded"})
    final void requestsAreReadNoFasterThanTheyAreAnswered() {
        scenario(app(await("go"), respond(204)))
                .get()
                .awaitApp("scope")
                .floodUntilBlocked(
                        latin1("GET {path} HTTP/1.1\r\nHost: {host}\r\nX-Long: " + "x".repeat(8000) + "\r\n\r\n"),
                        TOO_MUCH)
                .signal("go")
                .expectStatus(204)
                .reset()
                .expectApp(returned().inCall(0));
    }

    @Test
    @Requirement({"flow.reading-stops", "flow.memory-bounded"})
    @Needs(Feature.WEBSOCKET)
    final void messagesAreReadNoFasterThanTheyAreReceived() {
        var frame = Frame.binary(Octets.latin1("x".repeat(BLOCK))).encode().toByteArray();
        scenario(app(connectAndAccept(), await("go"), receive().times(32)))
                .openWebSocket()
                .floodUntilBlocked(latin1(new String(frame, StandardCharsets.ISO_8859_1)), TOO_MUCH)
                .signal("go")
                .awaitApp("received:websocket.receive*32")
                .reset()
                .expectApp(exactly(32, received("websocket.receive").with("bytes", present())), returned());
    }

    @Test
    @Requirement("flow.send-blocks")
    @Needs(Feature.WEBSOCKET)
    final void messagesAreSentNoFasterThanTheyAreRead() {
        scenario(app(
                        connectAndAccept(),
                        sendBytes(fill("0123456789abcdef", MEGABYTE)).times(16).summarised(),
                        close()))
                .connectWithReceiveBuffer(BLOCK)
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .expectMessage(binary(fill("0123456789abcdef", MEGABYTE)))
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(inOrder(sent("websocket.send").detail("count", Value.of(16)), sent("websocket.close")));
    }

    @Test
    @Requirement("flow.send-released-when-gone")
    @Needs(Feature.WEBSOCKET)
    final void aMessageThatIsBlockedEndsWhenTheClientIsGone() {
        scenario(app(
                        connectAndAccept(),
                        sendBytes(fill("0123456789abcdef", MEGABYTE))
                                .times(16)
                                .summarised()
                                .tolerant()))
                .connectWithReceiveBuffer(BLOCK)
                .openWebSocket()
                .expectAppQuietAfter("sent:websocket.accept")
                .reset()
                .expectApp(sendFailed("websocket.send").clientGone(), returned());
    }

    @Test
    @Requirement("http.invalid.slow-limited")
    final void aClientThatStopsSendingItsBodyIsGivenUp() {
        scenario(app(receiveUntil("http.disconnect")))
                .startedWith(StartOption.BODY_TIMEOUT, Duration.ofMillis(300))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nhe")
                .awaitApp("received:http.request")
                .expectCloseAfterAnything()
                .expectApp(unfinishedRequestBody("he"), received("http.disconnect"));
    }

    @Test
    @Requirement({"http.invalid.slow-limited", "flow.send-released-when-gone"})
    final void aClientThatStopsReadingIsGivenUp() {
        scenario(app(
                        start(200),
                        more(fill("0123456789abcdef", MEGABYTE))
                                .times(64)
                                .summarised()
                                .tolerant()))
                .startedWith(StartOption.WRITE_TIMEOUT, Duration.ofMillis(500))
                .connectWithReceiveBuffer(BLOCK)
                .get()
                .awaitApp("send_failed")
                .expectApp(sendFailed("http.response.body").clientGone(), returned());
    }
}
