package io.asgi4j.tck.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.ValueJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each step does, without a server. */
class ScriptTests {
    private static final String START = "{'op':'send','event':{'type':'http.response.start','status':200}%s}";

    private static HttpRequest request(String body, boolean moreBody) {
        return new HttpRequest(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), moreBody);
    }

    private static Value json(String json) {
        return ValueJson.read(Json.read(json.replace('\'', '"')));
    }

    @Test
    void eventsGoInAndOutAndAreTraced() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'receive'}," + START.formatted(""))) {
            exchange.inbound.add(request("hi", false));
            exchange.call();
            assertEquals("received sent returned", exchange.summary());
            assertEquals(List.of(new HttpResponseStart(200)), exchange.outbound);
            assertEquals(
                    json("{'type':'http.request','body':{'$utf8':'hi'},'more_body':false}"),
                    exchange.first(Kind.RECEIVED).event());
        }
    }

    @Test
    void theEntriesAreCountedFromOneOnARisingClock() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'scope'},{'op':'scope'}")) {
            exchange.call();
            var entries = exchange.entries();
            for (int i = 0; i < entries.size(); i++) {
                assertEquals(i + 1, entries.get(i).seq());
                assertTrue(i == 0 || entries.get(i).ms() >= entries.get(i - 1).ms());
            }
        }
    }

    @Test
    void receivingEndsAtTheWantedEvent() throws Exception {
        try (var exchange =
                FakeExchange.of("{'op':'receive_until','type':'http.request','where':{'more_body':false}}")) {
            exchange.inbound.addAll(List.of(request("a", true), request("b", false), request("c", false)));
            exchange.call();
            assertEquals("received received returned", exchange.summary());
        }
    }

    @Test
    void receivingEndsAtADisconnect() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'receive_until','count':5}")) {
            exchange.inbound.addAll(List.of(request("a", true), new HttpDisconnect()));
            exchange.call();
            assertEquals("received received returned", exchange.summary());
        }
    }

    @Test
    void sumsStandForTheEventsThatWereReceived() throws Exception {
        try (var exchange = FakeExchange.of(
                "{'op':'receive_until','type':'http.request','where':{'more_body':false},'summarise':true}")) {
            exchange.inbound.addAll(List.of(request("ab", true), request("c", false)));
            exchange.call();
            assertEquals("received returned", exchange.summary());
            assertEquals(
                    json(
                            "{'count':2,'bytes':3,'sha256':'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'}"),
                    exchange.first(Kind.RECEIVED).details());
        }
    }

    @Test
    void anEventIsSentManyTimes() throws Exception {
        try (var exchange = FakeExchange.of(
                "{'op':'send','event':{'type':'http.response.body','body':{'$fill':'ab','$len':4},'more_body':true},'times':3,'summarise':true}")) {
            exchange.call();
            assertEquals(
                    List.of(
                            HttpResponseBody.more("abab"),
                            HttpResponseBody.more("abab"),
                            HttpResponseBody.more("abab")),
                    exchange.outbound);
            assertEquals("sent returned", exchange.summary());
            assertEquals(json("{'count':3}"), exchange.first(Kind.SENT).details());
        }
    }

    @Test
    void aFailureOfSendLeavesTheApplicationAsItWasThrown() throws Exception {
        try (var exchange = FakeExchange.of(START.formatted(""))) {
            var failure = new ClientDisconnectedException();
            exchange.sendFailures.add(failure);
            assertSame(failure, assertThrows(IOException.class, exchange::call));
            assertEquals("send_failed raised", exchange.summary());
            var error = exchange.first(Kind.SEND_FAILED).error();
            assertEquals(ClientDisconnectedException.class.getName(), error == null ? "" : error.type());
            assertTrue(error != null && error.io());
        }
    }

    @Test
    void aToleratedFailureEndsTheRepetitionOnly() throws Exception {
        try (var exchange =
                FakeExchange.of(START.formatted(",'times':5,'on_failure':'tolerate'") + ",{'op':'scope'}")) {
            exchange.sendFailures.add(new IllegalStateException("not now"));
            exchange.call();
            assertEquals("send_failed scope returned", exchange.summary());
        }
    }

    @Test
    void aWrappedFailureIsTheCause() throws Exception {
        try (var exchange = FakeExchange.of(START.formatted(",'on_failure':'wrap'"))) {
            var failure = new ClientDisconnectedException();
            exchange.sendFailures.add(failure);
            assertSame(
                    failure,
                    assertThrows(ScriptedException.class, exchange::call).getCause());
        }
    }

    @Test
    void anEventThatJavaCannotHoldIsAFailureOfSend() throws Exception {
        try (var exchange = FakeExchange.of(
                "{'op':'send','event':{'type':'http.response.start','status':700000},'on_failure':'tolerate'}")) {
            exchange.call();
            assertEquals("send_failed returned", exchange.summary());
            assertEquals(
                    json("{'constructed':false}"),
                    exchange.first(Kind.SEND_FAILED).details());
        }
    }

    @Test
    void aSignalReleasesWhoWaitsForIt() throws Exception {
        try (var exchange = FakeExchange.of(
                "{'op':'fork','name':'a','steps':[{'op':'await','signal':'go'}]},{'op':'join','fork':'a'}")) {
            exchange.scenario.signals().give("go");
            exchange.call();
            assertEquals("signalled@a returned@a joined returned", exchange.summary());
        }
    }

    @Test
    void deletingAScenarioEndsItsWaits() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'await','signal':'never'},{'op':'scope'}")) {
            var call = Thread.ofVirtual().start(() -> {
                try {
                    exchange.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            exchange.await("scope");
            exchange.scenario.close();
            call.join();
            assertEquals("returned", exchange.summary());
        }
    }

    @Test
    void anInterruptedWaitIsTracedAndTolerated() throws Exception {
        try (var exchange = FakeExchange.of("""
            {'op':'fork','name':'a','steps':[{'op':'receive','on_failure':'tolerate'},{'op':'scope'}]},
            {'op':'interrupt','fork':'a'},{'op':'join','fork':'a'}\
            """)) {
            exchange.call();
            assertEquals("interrupted@a scope@a returned@a joined returned", exchange.summary());
            assertEquals(
                    json("{'op':'receive'}"), exchange.first(Kind.INTERRUPTED).details());
        }
    }

    @Test
    void anInterruptedWaitLeavesTheApplicationOtherwise() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'interrupt','fork':'main'},{'op':'await','signal':'go'}")) {
            assertThrows(InterruptedException.class, exchange::call);
            assertEquals("interrupted raised", exchange.summary());
        }
    }

    @Test
    void whatAForkThrowsGoesNowhere() throws Exception {
        try (var exchange = FakeExchange.of("""
            {'op':'fork','name':'a','thread':'platform','steps':[{'op':'raise','failing':'error','message':'x'}]},
            {'op':'join','fork':'a'}\
            """)) {
            exchange.call();
            assertEquals("raised@a joined returned", exchange.summary());
        }
    }

    @Test
    void raisingHasFourForms() throws Exception {
        assertRaises(ScriptedException.class, "exception");
        assertRaises(IOException.class, "io");
        assertRaises(UnsupportedScopeException.class, "unsupported_scope");
        assertRaises(AssertionError.class, "error");
    }

    private static void assertRaises(Class<? extends Throwable> type, String failing) throws Exception {
        try (var exchange = FakeExchange.of("{'op':'raise','failing':'%s','message':'x'}".formatted(failing))) {
            assertThrows(type, exchange::call);
            assertEquals("raised", exchange.summary());
        }
    }

    @Test
    void nothingFollowsAReturnInARepetition() throws Exception {
        try (var exchange =
                FakeExchange.of("{'op':'repeat','times':3,'steps':[{'op':'scope'},{'op':'return'}]},{'op':'scope'}")) {
            exchange.call();
            assertEquals("scope returned", exchange.summary());
        }
    }

    @Test
    void theStateIsPutReadChangedAndRemoved() throws Exception {
        try (var exchange = FakeExchange.of("""
            {'op':'state_put','key':'k','value':[1]},{'op':'state_append','key':'k','value':'two'},{'op':'state_get','key':'k'},
            {'op':'state_remove','key':'k'},{'op':'state_get','key':'k'}\
            """)) {
            exchange.call();
            assertEquals("state state returned", exchange.summary());
            assertEquals(
                    json("{'key':'k','present':true,'value':[1,'two']}"),
                    exchange.entries().get(1).details());
            assertEquals(
                    json("{'key':'k','present':false,'value':null}"),
                    exchange.entries().get(2).details());
        }
    }

    @Test
    void aListInTheStateIsSharedByItsCopies() throws Exception {
        var state = new State();
        try (var put = FakeExchange.of("{'op':'state_put','key':'k','value':[]}");
                var append = FakeExchange.of("{'op':'state_append','key':'k','value':1}");
                var get = FakeExchange.of("{'op':'state_get','key':'k'}")) {
            put.call(HttpScope.builder().state(state).build());
            append.call(HttpScope.builder().state(state.copy()).build());
            get.call(HttpScope.builder().state(state.copy()).build());
            assertEquals(
                    json("{'key':'k','present':true,'value':[1]}"),
                    get.first(Kind.STATE).details());
        }
    }

    @Test
    void nothingOfAScopeGivesWay() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'mutate_scope'}")) {
            exchange.call();
            assertEquals(json("{'changed':[]}"), exchange.first(Kind.MUTATED).details());
        }
    }

    @Test
    void keptEventsAreReadAgain() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'receive','keep':true},{'op':'receive'},{'op':'reread'}")) {
            exchange.inbound.addAll(List.of(request("a", true), request("b", false)));
            exchange.call();
            assertEquals("received received reread returned", exchange.summary());
            assertEquals(
                    exchange.first(Kind.RECEIVED).event(),
                    exchange.first(Kind.REREAD).event());
            assertEquals(json("{'writable':false}"), exchange.first(Kind.REREAD).details());
        }
    }

    @Test
    void aFileIsMadeOpenedOnceAndRemoved() throws Exception {
        var event =
                "{'op':'send','event':{'type':'http.response.zerocopysend','file':{'$file':'f'},'more_body':true}},";
        try (var exchange = FakeExchange.of("{'op':'file','name':'f','content':{'$utf8':'hello'}}," + event + event
                + "{'op':'file_check','name':'f'}")) {
            exchange.call();
            var channels = exchange.outbound.stream()
                    .map(HttpResponseZeroCopySend.class::cast)
                    .map(HttpResponseZeroCopySend::file)
                    .toList();
            var path = exchange.scenario.files().path("f");
            assertSame(channels.get(0), channels.get(1));
            assertEquals(
                    json("{'name':'f','open':true,'position':0,'size':5}"),
                    exchange.first(Kind.FILE).details());
            exchange.scenario.close();
            assertFalse(channels.getFirst().isOpen());
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void aScopeWithoutAConnectionSaysSo() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'connection_check','signal':'draining'}")) {
            exchange.call(new LifespanScope(AsgiVersion.LIFESPAN, new State(), Extensions.none()));
            assertEquals("unsupported returned", exchange.summary());
        }
    }

    @Test
    void longBytesAreKeptAsTheirDigest() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'receive'}")) {
            exchange.inbound.add(request("x".repeat(Bounded.MAX_LENGTH + 1), false));
            exchange.call();
            var event = exchange.first(Kind.RECEIVED).event();
            assertTrue(
                    event != null
                            && event.get("body") instanceof Value.DigestedBytes digest
                            && digest.length() == 16385,
                    exchange::summary);
        }
    }

    @Test
    void aFullTraceKeepsTheEndsOfCalls() throws Exception {
        try (var exchange = FakeExchange.of("{'op':'repeat','times':25000,'steps':[{'op':'mutate_scope'}]}")) {
            exchange.call();
            assertEquals(Trace.MAX_ENTRIES + 1, exchange.entries().size());
            assertEquals(Kind.RETURNED, exchange.entries().getLast().kind());
            assertEquals(
                    25_002 - Trace.MAX_ENTRIES - 1, exchange.scenario.trace().dropped());
        }
    }

    @Test
    void entriesArePrintedIfTheScriptSaysSo() throws Exception {
        try (var exchange = new FakeExchange(ScriptJson.parse("{\"calls\":[[]],\"print\":true}"))) {
            exchange.call();
            assertEquals(2, exchange.lines.size());
            assertTrue(
                    exchange.lines.getLast().startsWith("asgi4j-tck: {\"scenario\":\"id\",\"seq\":2,"),
                    exchange.lines::getLast);
        }
    }

    @Test
    void whatIsBlockedIsShown() throws Exception {
        try (var exchange = FakeExchange.of(
                "{'op':'fork','name':'a','steps':[{'op':'receive'}]},{'op':'await','signal':'go'},{'op':'join','fork':'a'}")) {
            var call = Thread.ofVirtual().start(() -> {
                try {
                    exchange.call();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            exchange.scenario.signals().give("go");
            exchange.await("signalled");
            while (exchange.scenario.pending().size() < 2) {
                Thread.onSpinWait();
            }
            exchange.inbound.add(request("", false));
            call.join();
            assertEquals(0, exchange.scenario.pending().size());
        }
    }
}
