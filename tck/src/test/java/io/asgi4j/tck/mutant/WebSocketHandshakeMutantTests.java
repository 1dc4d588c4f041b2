package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers that open WebSockets, or deny them, in a wrong way. */
final class WebSocketHandshakeMutantTests extends MutantTests {
    @Test
    @Breaks("websocket.scope.like-http")
    void aServerThatLeavesThePathOfAWebSocketEncodedIsCaught() throws Exception {
        kill(Mutant.ofWebSocketScope(
                scope -> scope.toBuilder().path(scope.rawPath()).build()));
    }

    @Test
    @Breaks("websocket.scope.scheme")
    void aServerThatCallsTheSchemeOfAWebSocketHttpIsCaught() throws Exception {
        kill(Mutant.ofWebSocketScope(scope -> scope.toBuilder().scheme("http").build()));
    }

    @Test
    @Breaks("websocket.scope.subprotocols")
    void aServerThatSortsTheSubprotocolsIsCaught() throws Exception {
        kill(Mutant.ofWebSocketScope(scope -> scope.toBuilder()
                .subprotocols(scope.subprotocols().stream().sorted().toList())
                .build()));
    }

    @Test
    @Breaks("websocket.handshake.validated")
    void aServerThatDoesWithoutTheKeyIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.field(head, "sec-websocket-key").isEmpty()
                ? Head.with(head, "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                : head));
    }

    @Test
    @Breaks("websocket.handshake.version")
    void aServerThatDoesNotTellItsVersionOfTheProtocolIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.without(head, "sec-websocket-version")));
    }

    @Test
    @Breaks("websocket.handshake.connect-first")
    void aServerThatForgetsTheConnectOfAnAcceptedWebSocketIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var accepted = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        return event instanceof WebSocketConnect && accepted.get() ? receive.receive() : event;
                    },
                    event -> {
                        send.send(event);
                        accepted.compareAndSet(false, event instanceof WebSocketAccept);
                    });
        }));
    }

    @Test
    @Breaks(
            value = "websocket.handshake.waits",
            also = {"websocket.handshake.second-receive-blocks", "websocket.handshake.answered-before-messages"})
    void aServerThatOpensTheWebSocketWhenTheApplicationWaitsForMessagesIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var connected = new AtomicBoolean();
            var answered = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        if (connected.getAndSet(true) && !answered.getAndSet(true)) {
                            accept(send);
                        }
                        return receive.receive();
                    },
                    event -> {
                        answered.set(true);
                        send.send(event);
                    });
        }));
    }

    private static void accept(Send send) throws InterruptedException {
        try {
            send.send(new WebSocketAccept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Breaks(value = "websocket.handshake.answer-without-receive", also = "websocket.handshake.connect-first")
    void aServerThatTakesNoAnswerBeforeTheApplicationReceivesIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var received = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        received.set(true);
                        return receive.receive();
                    },
                    event -> {
                        if (scope instanceof WebSocketScope && !received.get()) {
                            throw new IllegalEventException("before websocket.connect was received", event);
                        }
                        send.send(event);
                    });
        }));
    }

    @Test
    @Breaks({"websocket.handshake.answered-before-messages", "websocket.handshake.second-receive-blocks"})
    void aServerThatDeliversAMessageBeforeTheAcceptIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var connected = new AtomicBoolean();
            var answered = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> connected.getAndSet(true) && !answered.getAndSet(true)
                            ? WebSocketReceive.text("early")
                            : receive.receive(),
                    event -> {
                        answered.set(true);
                        send.send(event);
                    });
        }));
    }

    @Test
    @Breaks("websocket.handshake.early-frames-kept")
    void aServerThatLosesFramesThatComeWithTheHandshakeIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> new Rewrite() {
            @Override
            public String early(String piece) {
                return "";
            }
        }));
    }

    @Test
    @Breaks("websocket.handshake.accept-fields")
    void aServerThatReversesTheFieldsOfTheAcceptIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof WebSocketAccept accept
                ? new WebSocketAccept(accept.subprotocol(), reversed(accept.headers()))
                : event));
    }

    private static Headers reversed(Headers headers) {
        var fields = new ArrayList<Header>();
        headers.forEach(fields::addFirst);
        return Headers.of(fields);
    }

    @Test
    @Breaks("websocket.handshake.accept-fields-owned")
    void aServerThatRefusesFieldsWhichItOwnsIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            if (event instanceof WebSocketAccept accept && accept.headers().contains("connection")) {
                throw new IllegalEventException("with the field connection", event);
            }
            send.send(event);
        }));
    }

    @Test
    @Breaks("websocket.handshake.subprotocol")
    void aServerThatChoosesTheSubprotocolIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> send.send(
                event instanceof WebSocketAccept accept
                                && accept.subprotocol() == null
                                && scope instanceof WebSocketScope socket
                                && !socket.subprotocols().isEmpty()
                        ? new WebSocketAccept(socket.subprotocols().getFirst(), accept.headers())
                        : event)));
    }

    @Test
    @Breaks("websocket.handshake.subprotocol-offered")
    void aServerThatForgetsASubprotocolWhichWasNotOfferedIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> send.send(
                event instanceof WebSocketAccept accept
                                && accept.subprotocol() != null
                                && scope instanceof WebSocketScope socket
                                && !socket.subprotocols().contains(accept.subprotocol())
                        ? new WebSocketAccept(null, accept.headers())
                        : event)));
    }

    @Test
    @Breaks("websocket.handshake.denied")
    void aServerThatOpensAWebSocketToCloseItWithACodeIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var answered = new AtomicBoolean();
            return event -> {
                if (!answered.getAndSet(true) && event instanceof WebSocketClose close && close.code() != 1000) {
                    send.send(new WebSocketAccept());
                }
                send.send(event);
            };
        }));
    }

    @Test
    @Breaks("websocket.handshake.unanswered")
    void aServerThatDeniesIfTheApplicationForgetsToAnswerIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var answered = new AtomicBoolean();
            application.handle(scope, receive, event -> {
                send.send(event);
                answered.set(true);
            });
            if (scope instanceof WebSocketScope && !answered.get()) {
                send.send(new WebSocketClose());
            }
        }));
    }

    @Test
    @Breaks("extension.denial.disconnect")
    void aServerThatDoesNotEndTheWebSocketThatWasDeniedIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var denied = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        return denied.get() ? new WebSocketConnect() : event;
                    },
                    event -> {
                        denied.compareAndSet(false, event instanceof WebSocketHttpResponseStart);
                        send.send(event);
                    });
        }));
    }

    @Test
    @Breaks("websocket.handshake.denied-disconnect")
    void aServerThatTakesADenialForAnOrderlyEndIsCaught() throws Exception {
        kill(Mutant.ofReceived(event -> event instanceof WebSocketDisconnect gone && gone.code() == 1006
                ? new WebSocketDisconnect(1000, gone.reason())
                : event));
    }

    @Test
    @Breaks("websocket.handshake.accept-after-gone")
    void aServerThatAcceptsForAClientThatHasLeftIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (ClientDisconnectedException e) {
                if (!(event instanceof WebSocketAccept)) {
                    throw e;
                }
            }
        }));
    }

    @Test
    @Breaks("extension.denial.response")
    void aServerThatDropsTheFieldsOfADenialIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof WebSocketHttpResponseStart start
                ? new WebSocketHttpResponseStart(start.status(), Headers.empty())
                : event));
    }

    @Test
    @Breaks(value = "extension.denial.like-http", also = "extension.denial.response")
    void aServerThatEndsADenialAfterItsFirstBodyIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof WebSocketHttpResponseBody body && body.moreBody()
                ? new WebSocketHttpResponseBody(body.body(), false)
                : event));
    }
}
