package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.notCalled;
import static io.asgi4j.tck.scenario.Matchers.raised;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.scopeOf;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Matchers.withKey;
import static io.asgi4j.tck.scenario.Matchers.withoutKey;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.lifespan;
import static io.asgi4j.tck.scenario.Scripts.raise;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.returnNow;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.shutdownComplete;
import static io.asgi4j.tck.scenario.Scripts.shutdownFailed;
import static io.asgi4j.tck.scenario.Scripts.sleep;
import static io.asgi4j.tck.scenario.Scripts.start;
import static io.asgi4j.tck.scenario.Scripts.startupComplete;
import static io.asgi4j.tck.scenario.Scripts.startupFailed;
import static io.asgi4j.tck.scenario.Scripts.stateAppend;
import static io.asgi4j.tck.scenario.Scripts.stateGet;
import static io.asgi4j.tck.scenario.Scripts.statePut;
import static io.asgi4j.tck.scenario.Scripts.stateRemove;
import static io.asgi4j.tck.scenario.Scripts.traceScope;
import static io.asgi4j.tck.scenario.Scripts.unreached;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Step.Failing;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How the application starts and ends with its server, and what its start-up hands over to requests. */
@Needs(Feature.LIFESPAN)
public abstract class LifespanTck extends Tck {
    private static final Script UNSUPPORTED = app(raise(Failing.UNSUPPORTED_SCOPE, "no lifespan here"));

    // start-up

    @Test
    @Requirement({"lifespan.scope", "lifespan.startup.first", "lifespan.shutdown.awaited"})
    final void theLifespanIsOneCallFromStartupToShutdown() {
        scenario(app(respond(204)))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(
                        exactly(1, entry(Kind.SCOPE)),
                        scope("type", "lifespan"),
                        inOrder(
                                received("lifespan.startup"),
                                sent("lifespan.startup.complete"),
                                received("lifespan.shutdown"),
                                sent("lifespan.shutdown.complete")),
                        exactly(1, received("lifespan.startup")),
                        exactly(1, received("lifespan.shutdown")));
    }

    @Test
    @Requirement("core.version.lifespan")
    final void theLifespanScopeNamesItsVersion() {
        scenario(app(respond(204)))
                .get()
                .expectStatus(204)
                .expectLifespan(
                        scope("asgi", Dict.empty().with("version", "3.0").with("spec_version", "2.0")));
    }

    @Test
    @Requirement("lifespan.startup.before-connections")
    @Needs(Feature.STATE)
    final void noRequestIsServedBeforeTheStartupIsComplete() {
        scenario(app(stateGet("started"), respond(204)))
                .lifespan(lifespan(sleep(500), statePut("started", Value.of("by now"))))
                .get()
                .expectStatus(204)
                .expectApp(stateOf("started").detail("value", Value.of("by now")));
    }

    @Test
    @Requirement({"lifespan.startup.before-connections", "lifespan.startup.socket-closed"})
    final void aClientThatComesTooEarlyWaitsUntilTheStartupIsComplete() {
        scenario(app(respond(204)))
                .lifespan(lifespan(sleep(500), traceScope()))
                .about("lifespan.startup.socket-closed")
                .expectAtFirstConnection(exactly(2, entry(Kind.SCOPE)))
                .about("lifespan.startup.before-connections")
                .expectAtFirstAnswer(exactly(2, entry(Kind.SCOPE)))
                .about()
                .get()
                .expectStatus(204)
                .hint("the server takes connections while the application still starts: its lifespan call traces the"
                        + " scope for the second time when it is about to complete the start-up");
    }

    @Test
    @Requirement("lifespan.startup.unsupported")
    final void anApplicationThatRaisesAtOnceIsServedWithoutLifespan() {
        scenario(app(respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(UNSUPPORTED)
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(raised(), exactly(1, entry(Kind.SCOPE)), no("lifespan.shutdown"));
    }

    @Test
    @Requirement({"lifespan.startup.unsupported", "lifespan.shutdown.after-failed-start"})
    final void anApplicationThatRaisesInItsStartupIsServedWithoutLifespan() {
        scenario(app(respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(receive(), raise()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(received("lifespan.startup"), raised(), no("lifespan.shutdown"));
    }

    @Test
    @Requirement("lifespan.startup.unsupported-by-return")
    final void anApplicationThatReturnsAtOnceIsServedWithoutLifespan() {
        scenario(app(respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(returnNow()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(returned(), exactly(1, entry(Kind.SCOPE)));
    }

    @Test
    @Requirement("lifespan.startup.required")
    final void aServerThatRequiresLifespanDoesNotStartIfTheApplicationRaises() {
        scenario(unreached())
                .startedWith(StartOption.LIFESPAN, "on")
                .lifespan(UNSUPPORTED)
                .expectStartRefused();
    }

    @Test
    @Requirement("lifespan.startup.required")
    final void aServerThatRequiresLifespanDoesNotStartIfTheApplicationReturns() {
        scenario(unreached())
                .startedWith(StartOption.LIFESPAN, "on")
                .lifespan(app(receive()))
                .expectStartRefused();
    }

    @Test
    @Requirement("lifespan.startup.failed")
    final void aFailedStartupEndsTheServer() {
        scenario(unreached())
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(receive(), startupFailed("there is no database")))
                .expectStartRefused();
    }

    @Test
    @Requirement("lifespan.startup.failed")
    final void aFailedStartupWithoutMessageEndsTheServer() {
        scenario(unreached())
                .preferring(StartOption.LIFESPAN, "on")
                .lifespan(app(receive(), send(event("lifespan.startup.failed"))))
                .expectStartRefused();
    }

    @Test
    @Requirement("lifespan.startup.failed")
    final void theMessageOfAFailedStartupIsReported() {
        scenario(unreached())
                .lifespan(app(receive(), startupFailed("the start-up has lost its way")))
                .expectStartRefused()
                .expectReported("the start-up has lost its way");
    }

    @Test
    @Requirement("lifespan.startup.timed")
    final void aStartupThatIsNotAnsweredEndsTheServer() {
        scenario(unreached())
                .startedWith(StartOption.STARTUP_TIMEOUT, Duration.ofMillis(500))
                .lifespan(app(receive(), receive()))
                .expectStartRefused();
    }

    @Test
    @Requirement("lifespan.off")
    final void aServerWithoutLifespanNeverAsks() {
        scenario(app(respond(204)))
                .startedWith(StartOption.LIFESPAN, "off")
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(notCalled());
    }

    // while it serves

    @Test
    @Requirement("lifespan.receive-blocks")
    @Needs(Feature.STATE)
    final void theSecondReceiveWaitsForTheShutdown() {
        scenario(app(stateAppend("log", Value.of("request")), respond(204)))
                .lifespan(app(
                        receive(),
                        statePut("log", Value.list()),
                        startupComplete(),
                        receive(),
                        stateGet("log"),
                        shutdownComplete()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(inOrder(
                        received("lifespan.shutdown"),
                        stateOf("log").detail("value", Value.list(Value.of("request")))));
    }

    @Test
    @Requirement("lifespan.ended-early")
    final void aLifespanThatReturnsAfterItsStartupIsNoReasonToStop() {
        scenario(app(respond(204)))
                .lifespan(app(receive(), startupComplete()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(inOrder(sent("lifespan.startup.complete"), returned()), no("lifespan.shutdown"));
    }

    @Test
    @Requirement("lifespan.ended-early")
    final void aLifespanThatRaisesAfterItsStartupIsNoReasonToStop() {
        scenario(app(respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(receive(), startupComplete(), raise()))
                .get()
                .expectStatus(204)
                .expectLifespan(inOrder(sent("lifespan.startup.complete"), raised()), no("lifespan.shutdown"));
    }

    @Test
    @Requirement("core.events.illegal-exception")
    final void lifespanEventsThatAreNotLegalAreRefused() {
        scenario(app(respond(204)))
                .lifespan(app(
                        receive(),
                        shutdownComplete().tolerant(),
                        start(200).tolerant(),
                        startupComplete(),
                        startupComplete().tolerant(),
                        startupFailed("too late").tolerant(),
                        receive(),
                        shutdownComplete()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(
                        exactly(1, sent("lifespan.startup.complete")),
                        sendFailed("lifespan.startup.complete").illegalEvent(),
                        sendFailed("lifespan.startup.failed").illegalEvent(),
                        sendFailed("lifespan.shutdown.complete").illegalEvent(),
                        sendFailed("http.response.start").illegalEvent(),
                        sent("lifespan.shutdown.complete"));
    }

    @Test
    @Requirement("extension.where-valid")
    final void aLifespanScopeOffersNoExtensionOfOtherProtocols() {
        scenario(app(respond(204)))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(trace(
                        "no extension in the scope that begins with http. or websocket., and no tls",
                        view -> view.entries().stream().anyMatch(LifespanTck::isScopeWithoutForeignExtensions)));
    }

    // state

    @Test
    @Requirement("state.copied")
    @Needs(Feature.STATE)
    final void eachRequestHasItsOwnCopyOfTheState() {
        scenario(calls(
                        app(
                                stateGet("kept"),
                                statePut("kept", Value.of("changed")),
                                stateRemove("removed"),
                                statePut("added", Value.of("new")),
                                stateAppend("shared", Value.of("by a request")),
                                respond(204)),
                        app(
                                stateGet("kept"),
                                stateGet("removed"),
                                stateGet("added"),
                                stateGet("shared"),
                                respond(204))))
                .lifespan(lifespan(
                        statePut("kept", Value.of("at start")),
                        statePut("removed", Value.of("at start")),
                        statePut("shared", Value.list())))
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(
                        stateOf("kept").inCall(0).detail("value", Value.of("at start")),
                        stateOf("kept").inCall(1).detail("value", Value.of("at start")),
                        stateOf("removed").inCall(1).detail("value", Value.of("at start")),
                        stateOf("added").inCall(1).detail("present", Value.of(false)),
                        stateOf("shared").inCall(1).detail("value", Value.list(Value.of("by a request"))));
    }

    @Test
    @Requirement("state.untouched")
    @Needs(Feature.STATE)
    final void theStateIsStillThereAtTheShutdown() {
        scenario(app(statePut("kept", Value.of("changed")), statePut("added", Value.of("new")), respond(204)))
                .lifespan(app(
                        receive(),
                        statePut("kept", Value.of("at start")),
                        startupComplete(),
                        receive(),
                        stateGet("kept"),
                        traceScope(),
                        shutdownComplete()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(
                        inOrder(
                                received("lifespan.shutdown"),
                                stateOf("kept").detail("value", Value.of("at start")),
                                entry(Kind.SCOPE).with("state", withKey("kept"))),
                        no(entry(Kind.SCOPE).with("state", withKey("added"))));
    }

    @Test
    @Requirement("state.empty-without-lifespan")
    @Needs(Feature.STATE)
    final void withoutLifespanEachStateIsEmpty() {
        scenario(app(statePut("left", Value.of("behind")), respond(204)))
                .startedWith(StartOption.LIFESPAN, "off")
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(scopeOf(0, "state", withoutKey("left")), scopeOf(1, "state", withoutKey("left")));
    }

    @Test
    @Requirement({"state.empty-without-lifespan", "lifespan.startup.unsupported"})
    @Needs(Feature.STATE)
    final void afterAnUnsupportedLifespanEachStateIsEmpty() {
        scenario(app(statePut("left", Value.of("behind")), respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(UNSUPPORTED)
                .get()
                .expectStatus(204)
                .get()
                .expectStatus(204)
                .expectApp(scopeOf(0, "state", withoutKey("left")), scopeOf(1, "state", withoutKey("left")));
    }

    @Test
    @Requirement({"state.copied", "lifespan.startup.unsupported"})
    @Needs(Feature.STATE)
    final void whatWasPutIntoTheStateBeforeTheLifespanRaisedIsCopied() {
        scenario(app(stateGet("early"), respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(receive(), statePut("early", Value.of("kept")), raise()))
                .get()
                .expectStatus(204)
                .expectApp(stateOf("early").detail("value", Value.of("kept")));
    }

    // shutdown

    @Test
    @Requirement("shutdown.stops-accepting")
    final void aServerThatStopsAcceptsNobodyMore() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .awaitApp("received:http.request")
                .stopServer()
                .expectRefused()
                .write(" world")
                .expectStopped();
    }

    @Test
    @Requirement({"shutdown.exchanges-finish", "shutdown.connections-close", "lifespan.shutdown.after-connections"})
    @Needs(Feature.STATE)
    final void anExchangeInProgressEndsWellBeforeTheShutdown() {
        scenario(app(receiveUntilBodyEnds(), stateAppend("log", Value.of("request")), respond(200, "done")))
                .lifespan(app(
                        receive(),
                        statePut("log", Value.list()),
                        startupComplete(),
                        receive(),
                        stateGet("log"),
                        shutdownComplete()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .awaitApp("received:http.request")
                .stopServer()
                .expectRefused()
                .write(" world")
                .about("shutdown.exchanges-finish", "shutdown.connections-close")
                .expectResponse(status(200), header("connection", "close"), body("done"))
                .expectClose()
                .expectApp(requestBody("hello world"))
                .about("lifespan.shutdown.after-connections")
                .expectStopped()
                .expectLifespan(inOrder(
                        received("lifespan.shutdown"),
                        stateOf("log").detail("value", Value.list(Value.of("request"))),
                        sent("lifespan.shutdown.complete")));
    }

    @Test
    @Requirement("shutdown.bounded")
    final void anExchangeThatDoesNotEndIsCutOff() {
        scenario(app(receiveUntilBodyEnds()))
                .startedWith(StartOption.GRACE_PERIOD, Duration.ofMillis(300))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .awaitApp("received:http.request")
                .stopServer()
                .expectCloseAfterAnything()
                .expectStopped()
                .expectLifespan(inOrder(received("lifespan.shutdown"), sent("lifespan.shutdown.complete")));
    }

    @Test
    @Requirement("lifespan.shutdown.failed")
    final void aFailedShutdownIsReportedAndEndsTheServer() {
        scenario(app(respond(204)))
                .lifespan(app(receive(), startupComplete(), receive(), shutdownFailed("the database is gone")))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStoppedEitherWay()
                .expectLifespan(received("lifespan.shutdown"));
    }

    @Test
    @Requirement("lifespan.shutdown.failed")
    final void theMessageOfAFailedShutdownIsReported() {
        scenario(app(respond(204)))
                .lifespan(app(receive(), startupComplete(), receive(), shutdownFailed("the shutdown has lost its way")))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStoppedEitherWay()
                .expectReported("the shutdown has lost its way");
    }

    @Test
    @Requirement("lifespan.ended-early-logged")
    final void anExceptionThatEndsTheLifespanEarlyIsReported() {
        scenario(app(respond(204)))
                .preferring(StartOption.LIFESPAN, "auto")
                .lifespan(app(receive(), startupComplete(), raise("the lifespan has lost its way")))
                .get()
                .expectStatus(204)
                .expectReported("the lifespan has lost its way");
    }

    @Test
    @Requirement("lifespan.shutdown.repeated")
    final void theShutdownIsDeliveredToEachFurtherReceive() {
        scenario(app(respond(204)))
                .lifespan(app(receive(), startupComplete(), receive().times(3), shutdownComplete()))
                .get()
                .expectStatus(204)
                .stopServer()
                .expectStopped()
                .expectLifespan(exactly(3, received("lifespan.shutdown")), sent("lifespan.shutdown.complete"));
    }

    // what the scenarios above have in common

    private static EntryMatcher stateOf(String key) {
        return entry(Kind.STATE).detail("key", Value.of(key));
    }

    private static boolean isScopeWithoutForeignExtensions(TraceEntry entry) {
        return entry.kind() == Kind.SCOPE
                && entry.event() != null
                && (!(entry.event().get("extensions") instanceof Dict extensions)
                        || extensions.entries().keySet().stream()
                                .noneMatch(name -> name.startsWith("http.")
                                        || name.startsWith("websocket.")
                                        || name.equals("tls")));
    }
}
