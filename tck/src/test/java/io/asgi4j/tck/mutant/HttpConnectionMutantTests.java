package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Scope;
import io.asgi4j.tck.StartOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Servers that get connections of HTTP/1.1 wrong, or accept what is malformed. */
final class HttpConnectionMutantTests extends MutantTests {
    // one request after the other

    @Test
    @Breaks(
            value = "core.call.one-per-exchange",
            also = {"http.connection.response-order", "http.connection.one-at-a-time", "http.connection.unread-body"})
    void aServerThatCallsTwiceForALaterRequestIsCaught() throws Exception {
        Set<String> paths = ConcurrentHashMap.newKeySet();
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            application.handle(scope, receive, send);
            if (!paths.add(path(scope))) {
                application.handle(scope, HttpDisconnect::new, event -> {});
            }
        }));
    }

    @Test
    @Breaks("http.connection.response-order")
    void aServerThatAnswersTheSecondOfThreeRequestsFirstIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> overtaken(wire, waiting -> waiting.size() >= 2)));
    }

    @Test
    @Breaks(
            value = "http.connection.one-at-a-time",
            also = {"http.connection.close-honoured", "http.invalid.earlier-answers-delivered"})
    void aServerThatCallsForTwoPipelinedRequestsAtATimeIsCaught() throws Exception {
        var asked = new ConcurrentHashMap<String, Integer>();
        var early = new ConcurrentHashMap<String, FutureTask<List<OutboundEvent>>>();
        kill(Mutant.ofRequestHeads(head -> {
                    asked.merge(Head.target(head), 1, Integer::sum);
                    return head;
                })
                .and(Mutant.ofCalls(application -> (scope, receive, send) -> {
                    var path = path(scope);
                    var isAnotherWaiting = asked.merge(path, -1, Integer::sum) > 0;
                    var answer = early.remove(path);
                    if (answer != null) {
                        for (var event : answer.get()) {
                            send.send(event);
                        }
                        return;
                    }
                    if (isAnotherWaiting) {
                        early.put(path, startOnceItWaits(Thread.currentThread(), application, scope));
                    }
                    application.handle(scope, receive, send);
                })));
    }

    @Test
    @Breaks("http.connection.close-honoured")
    void aServerThatServesWhatComesAfterConnectionCloseIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.field(head, "connection")
                .filter("close"::equals)
                .map(close -> Head.without(head, "connection"))
                .orElse(head)));
    }

    @Test
    @Breaks("http.connection.busy-not-idle")
    void aServerThatTakesAConnectionThatIsBusyForIdleIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> options.duration(StartOption.KEEP_ALIVE_TIMEOUT)
                .map(limit -> Mutant.ofCalls(inner -> limited(inner, limit)).of(server))
                .orElse(server)
                .start(application, options)));
    }

    @Test
    @Breaks("http.connection.unknown-upgrade-ignored")
    void aServerThatTakesAnyUpgradeForWebSocketIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.replace(head, "upgrade", "websocket")));
    }

    @Test
    @Breaks("http.connection.unread-body")
    void aServerThatTakesAnUnreadBodyForARequestIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Content-Length: 34\r\n", "")));
    }

    @Test
    @Breaks("http.connection.unread-body-bounded")
    void aServerThatAwaitsAMinuteWhatNobodyReadsIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) ->
                server.start(application, options.with(StartOption.UNREAD_BODY_TIMEOUT, Duration.ofMinutes(1)))));
    }

    // what is malformed

    @Test
    @Breaks("http.invalid.answered-by-server")
    void aServerThatServesVersionsThatItDoesNotKnowIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/x.y\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("http.invalid.target")
    void aServerThatMakesAPathOfAnyTargetIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("GET nowhere ", "GET /nowhere ")));
    }

    @Test
    @Breaks(value = "http.invalid.host", also = "HttpConnectionTck.aRefusalSaysItsDateOnce")
    void aServerThatDoesWithoutHostIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(
                head -> Head.field(head, "host").isEmpty() ? Head.with(head, "Host: 127.0.0.1") : head));
    }

    @Test
    @Breaks("http.invalid.fields")
    void aServerThatTakesAFormFeedForASpaceIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace('\f', ' ')));
    }

    @Test
    @Breaks("http.invalid.earlier-answers-delivered")
    void aServerThatAnswersAMalformedRequestAtOnceIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire ->
                overtaken(wire, waiting -> waiting.stream().anyMatch(head -> head.contains("\r\nX A:")))));
    }

    @Test
    @Breaks("http.invalid.head-limited")
    void aServerThatReadsFieldsWithoutEndIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("X-A: 1\r\n", "")));
    }

    @Test
    @Breaks("http.invalid.head-timed")
    void aServerThatWaitsAMinuteForTheEndOfAHeadIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) ->
                server.start(application, options.with(StartOption.HEAD_TIMEOUT, Duration.ofMinutes(1)))));
    }

    @Test
    @Breaks("http.invalid.framing")
    void aServerThatReadsALengthWithASignIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Content-Length: +", "Content-Length: ")));
    }

    @Test
    @Breaks("http.invalid.framing-closes")
    void aServerThatForgetsTheLengthBesideChunksIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.isChunked(head) ? Head.without(head, "content-length") : head));
    }

    // what the mutants above have in common

    private static String path(Scope scope) {
        return scope instanceof HttpScope http ? http.rawPath() : "";
    }

    /** Writes a response behind the next one if the requests that wait are like this when it comes. */
    static Rewrite overtaken(Wire wire, Predicate<List<String>> when) {
        return new Rewrite() {
            private String held = "";
            private boolean isHolding;
            private boolean hasHeld;

            @Override
            public String head(String head) {
                if (!hasHeld && when.test(wire.waiting())) {
                    isHolding = true;
                    hasHeld = true;
                    held = head;
                    return "";
                }
                var before = isHolding ? "" : end();
                isHolding = false;
                return before + head;
            }

            @Override
            public String body(String piece) {
                held += isHolding ? piece : "";
                return isHolding ? "" : piece;
            }

            @Override
            public String end() {
                var all = held;
                held = "";
                return all;
            }
        };
    }

    /** Calls the application for a request like another one, whose call must come first, and keeps what it sends. */
    private static FutureTask<List<OutboundEvent>> startOnceItWaits(
            Thread first, Application application, Scope scope) {
        var answer = new FutureTask<List<OutboundEvent>>(() -> {
            while (first.getState() == Thread.State.RUNNABLE) {
                Thread.yield();
            }
            var events = new ArrayList<OutboundEvent>();
            application.handle(scope, HttpDisconnect::new, events::add);
            return events;
        });
        Thread.ofPlatform().daemon().start(answer);
        return answer;
    }

    /** Fails a call that takes longer. */
    private static Application limited(Application application, Duration limit) {
        return (scope, receive, send) -> {
            var call = new FutureTask<Void>(() -> {
                application.handle(scope, receive, send);
                return null;
            });
            var thread = Thread.ofVirtual().start(call);
            if (!thread.join(limit)) {
                throw new TimeoutException("the connection was idle for too long");
            }
            call.get();
        };
    }
}
