package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.interims;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.unfinishedRequestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.awaitDisconnected;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.script.TraceEntry.Kind;
import org.junit.jupiter.api.Test;

/** What the application learns when a client leaves, and what becomes of requests that are not read to their end. */
public abstract class HttpDisconnectTck extends Tck {
    @Test
    @Requirement("http.disconnect.at-completion")
    final void receiveReturnsDisconnectAfterTheResponse() {
        scenario(app(receiveUntilBodyEnds(), respond(200, "ok"), receive()))
                .get()
                .expectResponse(status(200), body("ok"))
                .expectApp(inOrder(sent("http.response.body"), received("http.disconnect")), returned());
    }

    @Test
    @Requirement("http.disconnect.repeated")
    final void disconnectIsRepeated() {
        scenario(app(receiveUntilBodyEnds(), respond(200, "ok"), receive().times(3)))
                .get()
                .expectResponse(status(200), body("ok"))
                .expectApp(exactly(1, received("http.request")), exactly(3, received("http.disconnect")));
    }

    @Test
    @Requirement("http.disconnect.at-completion")
    final void aBlockedReceiveEndsWithTheResponse() {
        scenario(app(receiveUntilBodyEnds(), fork("reader", receive()), respond(200, "ok"), join("reader")))
                .get()
                .expectResponse(status(200), body("ok"))
                .expectApp(received("http.disconnect").inFork("reader"), returned());
    }

    @Test
    @Requirement("http.disconnect.at-completion")
    final void anUnreadBodyIsDroppedWithTheResponse() {
        scenario(app(respond(200, "ok"), receive()))
                .post("unread")
                .expectResponse(status(200), body("ok"))
                .expectApp(received("http.disconnect"), no("http.request"));
    }

    @Test
    @Requirement("http.disconnect.delivered")
    final void aResetConnectionIsADisconnect() {
        scenario(app(receiveUntilBodyEnds(), receive()))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .expectApp(inOrder(received("http.request"), received("http.disconnect")), returned());
    }

    @Test
    @Requirement({"http.request.truncated-never-ends", "http.request.broken-is-disconnect"})
    final void aChunkThatIsCutOffNeverEnds() {
        scenario(app(receiveUntilBodyEnds()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")
                .about("http.request.broken-is-disconnect")
                .awaitApp("received:http.request")
                .close()
                .expectApp(unfinishedRequestBody("he"), received("http.disconnect"))
                .about("http.request.truncated-never-ends")
                .expectApp(no(received("http.request").with("more_body", false)));
    }

    @Test
    @Requirement({"errors.client-disconnected", "errors.send-after-gone"})
    final void everySendToAClientThatIsGoneFails() {
        scenario(app(
                        receiveUntil("http.disconnect"),
                        start(200).tolerant(),
                        last("late").tolerant()))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .about("errors.send-after-gone")
                .expectApp(
                        sendFailed("http.response.start").clientGone(),
                        sendFailed("http.response.body").clientGone(),
                        returned())
                .about("errors.client-disconnected")
                .expectApp(
                        sendFailed("http.response.start").clientDisconnected(),
                        sendFailed("http.response.body").clientDisconnected());
    }

    @Test
    @Requirement("core.events.gone-before-illegal")
    final void anIllegalEventTellsThatTheClientIsGone() {
        scenario(app(receiveUntil("http.disconnect"), last("illegal").tolerant()))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .expectApp(sendFailed("http.response.body").clientDisconnected(), returned());
    }

    @Test
    @Requirement("flow.send-released-when-gone")
    final void aBlockedSendEndsWhenTheClientIsGone() {
        scenario(app(
                        start(200),
                        more(fill("0123456789abcdef", 1 << 20))
                                .times(16)
                                .summarised()
                                .tolerant()))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectHead(status(200))
                .expectAppQuietAfter("sent:http.response.start")
                .reset()
                .expectApp(sendFailed("http.response.body").clientDisconnected(), returned());
    }

    @Test
    @Requirement({"http.disconnect.half-close-answered", "http.disconnect.half-close"})
    final void aClientThatEndedItsSideIsAnswered() {
        scenario(app(receiveUntil("http.disconnect"), respond(200, "still here")))
                .get()
                .awaitApp("received:http.request")
                .halfClose()
                .expectResponse(status(200), body("still here"))
                .expectApp(inOrder(received("http.disconnect"), sent("http.response.body")));
    }

    @Test
    @Requirement({"http.disconnect.without-reading", "signals.disconnected"})
    final void theSignalTellsWithoutReceive() {
        scenario(app(awaitDisconnected()))
                .get()
                .awaitApp("scope")
                .close()
                .expectApp(entry(Kind.CONNECTION), returned());
    }

    @Test
    @Requirement("cancellation.disconnect-does-not-interrupt")
    final void aDisconnectInterruptsNobody() {
        scenario(app(receiveUntil("http.disconnect"), await("go")))
                .get()
                .awaitApp("received:http.request")
                .reset()
                .awaitApp("received:http.disconnect")
                .signal("go")
                .expectApp(no(entry(Kind.INTERRUPTED)), returned());
    }

    // requests that are answered before they were read

    @Test
    @Requirement("http.request.expect-continue-withheld")
    final void aClientIsNotToldToContinueIfNobodyReceives() {
        scenario(app(respond(200, "early")))
                .send("POST {path} HTTP/1.1", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .expectResponse(status(200), body("early"), interims())
                .expectApp(called(1));
    }

    @Test
    @Requirement("http.request.expect-continue-withheld")
    final void aClientIsNotToldToContinueAfterTheStart() {
        scenario(app(start(200, "x-a", "1"), receiveUntilBodyEnds(), last("ok")))
                .send("POST {path} HTTP/1.1", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .expectHead(status(200), header("x-a", "1"), interims())
                .write("hello")
                .expectResponse(status(200), body("ok"), interims())
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("http.request.expect-continue-withheld")
    final void anOldClientIsNotToldToContinue() {
        scenario(app(receiveUntilBodyEnds(), respond(200, "ok")))
                .send("POST {path} HTTP/1.0", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .awaitApp("scope")
                .expectNothing()
                .write("hello")
                .expectResponse(status(200), body("ok"), interims())
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("http.connection.early-answer-readable")
    final void aClientThatIsStillSendingReadsAnEarlyResponse() {
        scenario(app(respond(200, "early")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 100000\r\n\r\nabc")
                .expectResponse(status(200), body("early"))
                .write(fill("x", 90_000))
                .expectClose()
                .expectApp(called(1), exactly(1, returned()));
    }
}
