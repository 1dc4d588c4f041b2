package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.Send;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers that tell too much or too little about clients which leave. */
final class HttpDisconnectMutantTests extends MutantTests {
    // receive

    @Test
    @Breaks("http.disconnect.repeated")
    void aServerThatTellsOnlyOnceThatTheClientHasLeftIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var told = new boolean[1];
            return () -> {
                var event = receive.receive();
                if (event instanceof HttpDisconnect && told[0]) {
                    return new HttpRequest(ByteBuffer.allocate(0), false);
                }
                told[0] |= event instanceof HttpDisconnect;
                return event;
            };
        }));
    }

    @Test
    @Breaks(
            value = "http.disconnect.delivered",
            also = {
                "http.disconnect.half-close",
                "cancellation.disconnect-does-not-interrupt",
                "core.events.gone-before-illegal",
                "errors.client-disconnected"
            })
    void aServerThatDoesNotTellThatTheClientHasLeftIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var isAsked = new AtomicBoolean();
            var isComplete = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        isAsked.compareAndSet(false, event instanceof HttpRequest request && !request.moreBody());
                        return event instanceof HttpDisconnect && isAsked.get() && !isComplete.get()
                                ? Mutant.hang(scope)
                                : event;
                    },
                    completing(send, isComplete));
        }));
    }

    @Test
    @Breaks(value = "http.disconnect.at-completion", also = "http.disconnect.repeated")
    void aServerThatForgetsReceiveOnceItHasAnsweredIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var isComplete = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        return event instanceof HttpDisconnect && isComplete.get() ? Mutant.hang(scope) : event;
                    },
                    completing(send, isComplete));
        }));
    }

    @Test
    @Breaks(
            value = {"http.disconnect.half-close", "http.disconnect.delivered"},
            also = {
                "http.request.truncated-never-ends",
                "http.disconnect.without-reading",
                "http.request.received-bytes-first"
            })
    void aServerThatOverlooksTheEndOfWhatAClientSendsIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> new Rewrite() {
            @Override
            public boolean ends() {
                return false;
            }
        }));
    }

    // signals and threads

    @Test
    @Breaks({"http.disconnect.without-reading", "signals.disconnected"})
    void aServerThatTellsOnlyThoseWhoReceiveIsCaught() throws Exception {
        kill(Mutant.ofScope(
                scope -> scope.toBuilder().connection(Connection.detached()).build()));
    }

    @Test
    @Breaks(
            value = "cancellation.disconnect-does-not-interrupt",
            also = {"http.disconnect.half-close", "core.events.gone-before-illegal", "errors.client-disconnected"})
    void aServerThatInterruptsTheApplicationOfAClientThatLeftIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var isComplete = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        if (event instanceof HttpDisconnect && !isComplete.get()) {
                            Thread.currentThread().interrupt();
                        }
                        return event;
                    },
                    completing(send, isComplete));
        }));
    }

    // send

    @Test
    @Breaks("errors.client-disconnected")
    void aServerWithAnExceptionOfItsOwnForClientsThatAreGoneIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (ClientDisconnectedException e) {
                throw event instanceof HttpResponseStart ? new IOException("Broken pipe") : e;
            }
        }));
    }

    @Test
    @Breaks("errors.client-disconnected")
    void aServerThatDropsWhatIsSentToClientsThatAreGoneIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (ClientDisconnectedException e) {
                if (!(event instanceof HttpResponseStart)) {
                    throw e;
                }
            }
        }));
    }

    @Test
    @Breaks("core.events.gone-before-illegal")
    void aServerThatLooksAtTheEventBeforeTheClientIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var hasBegun = new AtomicBoolean();
            return event -> {
                hasBegun.compareAndSet(false, event instanceof HttpResponseStart);
                try {
                    send.send(event);
                } catch (ClientDisconnectedException e) {
                    if (!hasBegun.get()) {
                        throw new IllegalEventException("the response has not begun", event);
                    }
                    throw e;
                }
            };
        }));
    }

    @Test
    @Breaks("flow.send-released-when-gone")
    void aServerThatLeavesABlockedSendWaitingIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var hasBegun = new AtomicBoolean();
            return event -> {
                try {
                    send.send(event);
                    hasBegun.set(true);
                } catch (ClientDisconnectedException e) {
                    if (hasBegun.get() && event instanceof HttpResponseBody) {
                        Mutant.hang(scope);
                    }
                    throw e;
                }
            };
        }));
    }

    /** Notes that the response is complete, shortly before it is. */
    private static Send completing(Send send, AtomicBoolean isComplete) {
        return event -> {
            isComplete.compareAndSet(false, event instanceof HttpResponseBody body && !body.moreBody());
            send.send(event);
        };
    }
}
