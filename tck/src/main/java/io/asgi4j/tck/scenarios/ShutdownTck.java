package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.headerMember;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.raised;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.accept;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.awaitDraining;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.check;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.onSet;
import static io.asgi4j.tck.scenario.Scripts.raise;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.shutdownComplete;
import static io.asgi4j.tck.scenario.Scripts.sleep;
import static io.asgi4j.tck.scenario.Scripts.start;
import static io.asgi4j.tck.scenario.Scripts.startupComplete;
import static io.asgi4j.tck.scenario.Scripts.stateAppend;
import static io.asgi4j.tck.scenario.Scripts.stateGet;
import static io.asgi4j.tck.scenario.Scripts.statePut;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of exchanges, calls and connections while the server shuts down. */
@Needs(Feature.LIFESPAN)
public abstract class ShutdownTck extends Tck {
    private static final Duration SHORT = Duration.ofMillis(300);

    /** Long enough that what comes before it has another reason. */
    private static final Duration LONG = Duration.ofSeconds(20);

    /** A lifespan that tells at its end what calls have noted in the state. */
    private static final Script NOTING = app(
            receive(),
            statePut("notes", Value.list()),
            startupComplete(),
            receive(),
            stateGet("notes"),
            shutdownComplete());

    // how applications learn of it

    @Test
    @Requirement("signals.draining")
    final void aCallLearnsOfTheShutdownAndEndsWell() {
        scenario(app(
                        onSet(ConnectionSignal.DRAINING, "action"),
                        check(ConnectionSignal.DRAINING),
                        start(200),
                        more("before, "),
                        awaitDraining(),
                        last("after")))
                .preferring(StartOption.GRACE_PERIOD, LONG)
                .get()
                .expectAppQuietAfter("sent:http.response.body")
                .stopServer()
                .expectResponse(status(200), body("before, after"))
                .expectClose()
                .expectStopped()
                .expectApp(
                        inOrder(draining(false), sent("http.response.body"), draining(true)),
                        exactly(1, entry(Kind.ACTION).detail("name", Value.of("action"))),
                        returned());
    }

    @Test
    @Requirement({"signals.draining", "shutdown.late-requests", "shutdown.connections-close"})
    final void aRequestThatWasOnItsWayIsAnsweredAndKnowsOfTheShutdown() {
        scenario(calls(
                        app(respond(200, "first")),
                        app(awaitDraining(), respond(200, "draining")),
                        app(check(ConnectionSignal.DRAINING), respond(200, "late"))))
                .preferring(StartOption.GRACE_PERIOD, LONG)
                .on("late")
                .get()
                .expectResponse(status(200), body("first"))
                .on("draining")
                .get()
                .awaitApp("scope*2")
                .on("late")
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\n")
                .stopServer()
                .on("draining")
                .expectResponse(status(200), body("draining"), headerMember("connection", "close"))
                .on("late")
                .write("\r\n")
                .expectResponse(status(200), body("late"), headerMember("connection", "close"))
                .expectClose()
                .expectStopped()
                .expectApp(draining(true).inCall(2));
    }

    @Test
    @Requirement("shutdown.late-requests")
    final void aRequestThatCrossesTheBeginningOfTheShutdownIsAnswered() {
        scenario(app(respond(200, "answered")))
                .get()
                .expectResponse(status(200), body("answered"))
                .get()
                .stopServer()
                .expectResponse(status(200), body("answered"))
                .expectClose()
                .expectStopped()
                .expectApp(called(2));
    }

    // exchanges in progress

    @Test
    @Requirement({"shutdown.connections-close", "lifespan.shutdown.after-connections"})
    final void anIdleConnectionIsClosed() {
        scenario(app(respond(204)))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectClose()
                .expectStopped()
                .expectLifespan(inOrder(received("lifespan.shutdown"), sent("lifespan.shutdown.complete")));
    }

    @Test
    @Requirement("shutdown.connections-close")
    final void aRequestBehindTheOneInProgressIsNotServed() {
        scenario(app(awaitDraining(), respond(200, "first")))
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\nGET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
                .awaitApp("scope")
                .stopServer()
                .expectResponse(status(200), body("first"), headerMember("connection", "close"))
                .expectClose()
                .expectStopped()
                .expectApp(called(1));
    }

    @Test
    @Requirement({"shutdown.bounded", "errors.incomplete-response-truncated"})
    final void aResponseThatDoesNotEndIsCutOff() {
        scenario(app(start(200), more("endless"), await("never")))
                .startedWith(StartOption.GRACE_PERIOD, SHORT)
                .get()
                .expectPart(7, status(200))
                .stopServer()
                .expectResponse(truncated())
                .expectStopped()
                .expectLifespan(inOrder(received("lifespan.shutdown"), sent("lifespan.shutdown.complete")));
    }

    @Test
    @Requirement("shutdown.calls-finish")
    final void aCallThatGoesOnBehindItsResponseEndsBeforeTheShutdownDoes() {
        scenario(app(respond(204), awaitDraining(), sleep(200), stateAppend("notes", Value.of("cleaned up"))))
                .lifespan(NOTING)
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectApp(returned())
                .expectLifespan(noted("cleaned up"));
    }

    // the end of the grace period

    @Test
    @Requirement("cancellation.grace-period-interrupts")
    final void theGracePeriodEndsWithAnInterruptOfAllCallsButTheLifespan() {
        scenario(app(await("never").tolerant(), stateAppend("notes", Value.of("interrupted"))))
                .startedWith(StartOption.GRACE_PERIOD, SHORT)
                .lifespan(NOTING)
                .on("first")
                .get()
                .on("second")
                .get()
                .awaitApp("scope*2")
                .stopServer()
                .expectStopped()
                .expectApp(exactly(2, entry(Kind.INTERRUPTED)), exactly(2, returned()))
                .expectLifespan(no(entry(Kind.INTERRUPTED)), noted("interrupted", "interrupted"));
    }

    @Test
    @Requirement("cancellation.grace-period-interrupts")
    final void aCallThatGoesOnBehindItsResponseIsInterruptedToo() {
        scenario(app(respond(204), await("never").tolerant()))
                .startedWith(StartOption.GRACE_PERIOD, SHORT)
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectApp(entry(Kind.INTERRUPTED), returned());
    }

    @Test
    @Requirement("cancellation.grace-period-interrupts")
    @Needs(Feature.WEBSOCKET)
    final void theCallOfAWebSocketThatDoesNotEndIsInterrupted() {
        scenario(app(connectAndAccept(), await("never").tolerant()))
                .startedWith(StartOption.GRACE_PERIOD, SHORT)
                .openWebSocket()
                .stopServer()
                .expectWebSocketClose(closeFrame(1012))
                .expectStopped()
                .expectApp(entry(Kind.INTERRUPTED), returned());
    }

    @Test
    @Requirement("shutdown.ignored-interrupt")
    final void aCallThatIgnoresTheInterruptHoldsNothingUp() {
        scenario(app(await("never").tolerant(), await("never either")))
                .startedWith(StartOption.GRACE_PERIOD, SHORT)
                .preferring(StartOption.INTERRUPT_TIMEOUT, SHORT)
                .get()
                .awaitApp("scope")
                .stopServer()
                .expectCloseAfterAnything()
                .expectStopped()
                .expectApp(entry(Kind.INTERRUPTED))
                .expectLifespan(inOrder(received("lifespan.shutdown"), sent("lifespan.shutdown.complete")));
    }

    // WebSockets

    @Test
    @Requirement({"shutdown.websockets-closed", "shutdown.websockets-closed-first"})
    @Needs(Feature.WEBSOCKET)
    final void aWebSocketIsClosedWhenTheShutdownBegins() {
        scenario(app(connectAndAccept(), receive(), sleep(200), stateAppend("notes", Value.of("cleaned up"))))
                .preferring(StartOption.GRACE_PERIOD, LONG)
                .lifespan(NOTING)
                .openWebSocket()
                .stopServer()
                .expectWebSocketClose(closeFrame(1012))
                .expectStopped()
                .expectApp(received("websocket.disconnect").with("code", 1012), returned())
                .expectLifespan(noted("cleaned up"));
    }

    @Test
    @Requirement({"shutdown.websockets-closed", "signals.draining"})
    @Needs(Feature.WEBSOCKET)
    final void aWebSocketThatIsAcceptedDuringTheShutdownIsClosed() {
        scenario(app(receive(), awaitDraining(), accept(), receive()))
                .preferring(StartOption.GRACE_PERIOD, LONG)
                .handshake()
                .expectAppQuietAfter("received:websocket.connect")
                .stopServer()
                .expectOpening()
                .expectWebSocketClose(closeFrame(1012))
                .expectStopped()
                .expectApp(
                        inOrder(
                                draining(true),
                                sent("websocket.accept"),
                                received("websocket.disconnect").with("code", 1012)),
                        returned());
    }

    // the application's own shutdown

    @Test
    @Requirement("lifespan.shutdown.timed")
    final void aShutdownThatTheApplicationDoesNotEndIsGivenUp() {
        scenario(app(respond(204)))
                .startedWith(StartOption.SHUTDOWN_TIMEOUT, SHORT)
                .lifespan(app(receive(), startupComplete(), receive(), await("never"), await("never either")))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStoppedEitherWay()
                .expectLifespan(received("lifespan.shutdown"), no(sent("lifespan.shutdown.complete")));
    }

    @Test
    @Requirement("lifespan.ended-early")
    final void aServerThatRequiresLifespanStopsWhenItRaises() {
        scenario(app(respond(204)))
                .startedWith(StartOption.LIFESPAN, "on")
                .lifespan(app(receive(), startupComplete(), await("go"), raise()))
                .get()
                .expectStatus(204)
                .signalLifespan("go")
                .expectClose()
                .expectStoppedWithFailure()
                .expectLifespan(inOrder(sent("lifespan.startup.complete"), raised()), no("lifespan.shutdown"));
    }

    private static EntryMatcher draining(boolean isSet) {
        return entry(Kind.CONNECTION).detail("signal", Value.of("draining")).detail("set", Value.of(isSet));
    }

    private static EntryMatcher noted(String... notes) {
        return entry(Kind.STATE)
                .detail("key", Value.of("notes"))
                .detail("value", Value.list(Stream.of(notes).map(Value::of).toList()));
    }
}
