package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Servers that end WebSockets in a wrong way. */
final class WebSocketCloseMutantTests extends MutantTests {
    private static final Frame CLOSE_1000 = close(1000);

    @Test
    @Breaks("websocket.close.by-application")
    void aServerThatKnowsNoCodesOfApplicationsIsCaught() throws Exception {
        kill(ofCloseFrames(frame -> frame.equals(close(4999)) ? CLOSE_1000 : frame));
    }

    @Test
    @Breaks("websocket.close.reason-of-application")
    void aServerThatShortensReasonsIsCaught() throws Exception {
        kill(Mutant.ofSent(
                event -> event instanceof WebSocketClose close && close.reason().length() > 100
                        ? new WebSocketClose(close.code(), close.reason().substring(0, 100))
                        : event));
    }

    @Test
    @Breaks("websocket.close.legal-codes")
    void aServerThatSendsACodeThatNeverTravelsIsCaught() throws Exception {
        var legal = Frame.close(4000, "legal").withoutMask();
        kill(ofCloseFrames(frame -> frame.equals(legal) ? close(1006) : frame));
    }

    @Test
    @Breaks("websocket.close.disconnect-at-once")
    void aServerThatBreaksABlockedReceiveOffIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var closed = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var wasOpen = !closed.get();
                        var event = receive.receive();
                        if (wasOpen && closed.get()) {
                            throw new IllegalStateException("closed while it was blocked");
                        }
                        return event;
                    },
                    event -> {
                        closed.compareAndSet(false, event instanceof WebSocketClose);
                        send.send(event);
                    });
        }));
    }

    @Test
    @Breaks({"websocket.close.disconnect-always", "websocket.close.ended-with-the-call"})
    void aServerThatBreaksReceiveOffWhenTheCallEndsIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var ended = new AtomicBoolean();
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        if (ended.get()) {
                            throw new IllegalStateException("the call has ended");
                        }
                        return event;
                    },
                    send);
            ended.set(true);
        }));
    }

    @Test
    @Breaks(value = "websocket.close.disconnect-repeated", also = "websocket.close.one-frame")
    void aServerThatForgetsHowTheWebSocketEndedIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var told = new AtomicBoolean();
            return () -> {
                var event = receive.receive();
                return event instanceof WebSocketDisconnect && told.getAndSet(true)
                        ? new WebSocketDisconnect(1006, "")
                        : event;
            };
        }));
    }

    @Test
    @Breaks("websocket.close.send-after-own-close")
    void aServerThatDropsMessagesAfterTheApplicationsCloseIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (IllegalEventException e) {
                if (!(event instanceof WebSocketSend)) {
                    throw e;
                }
            }
        }));
    }

    @Test
    @Breaks("websocket.close.send-after-close")
    void aServerThatDropsMessagesToAClientThatIsGoneIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (ClientDisconnectedException e) {
                if (!(event instanceof WebSocketSend)) {
                    throw e;
                }
            }
        }));
    }

    @Test
    @Breaks("websocket.close.timed")
    void aServerThatWaitsLongForTheClientsCloseIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> server.start(application, StartOptions.DEFAULT)));
    }

    @Test
    @Breaks("websocket.close.one-frame")
    void aServerThatSendsItsCloseTwiceIsCaught() throws Exception {
        kill(Mutant.ofResponses(
                wire -> Rewrite.ofFrames(frame -> frame.equals(CLOSE_1000) ? List.of(frame, frame) : List.of(frame))));
    }

    @Test
    @Breaks(value = "websocket.close.on-return", also = "websocket.close.ended-with-the-call")
    void aServerThatGoesAwayWhenTheApplicationReturnsIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            application.handle(scope, receive, send);
            try {
                send.send(new WebSocketClose(1001));
            } catch (IllegalEventException | ClientDisconnectedException e) {
                // it is closed
            }
        }));
    }

    @Test
    @Breaks(
            value = "websocket.close.on-exception",
            also = {"websocket.close.ended-with-the-call", "websocket.close.legal-codes"})
    void aServerThatHidesThatTheApplicationFailedIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var accepted = new AtomicBoolean();
            try {
                application.handle(scope, receive, event -> {
                    send.send(event);
                    accepted.compareAndSet(false, event instanceof WebSocketAccept);
                });
            } catch (RuntimeException e) {
                if (!accepted.get()) {
                    throw e;
                }
            }
        }));
    }

    @Test
    @Breaks("websocket.close.code-of-beginner")
    void aServerThatTakesGoingAwayForANormalEndIsCaught() throws Exception {
        kill(ofDisconnects(1001, 1000));
    }

    @Test
    @Breaks("websocket.close.lost")
    void aServerThatTakesALossForACloseWithoutCodeIsCaught() throws Exception {
        kill(ofDisconnects(1006, 1005));
    }

    private static Mutant ofDisconnects(int code, int other) {
        return Mutant.ofReceived(event -> event instanceof WebSocketDisconnect gone && gone.code() == code
                ? new WebSocketDisconnect(other, gone.reason())
                : event);
    }

    @Test
    @Breaks("websocket.close.answered")
    void aServerThatAnswersACloseWithoutCodeByOneIsCaught() throws Exception {
        kill(ofCloseFrames(frame -> frame.length() == 0 ? CLOSE_1000 : frame));
    }

    private static Mutant ofCloseFrames(UnaryOperator<Frame> flaw) {
        return Mutant.ofResponses(
                wire -> Rewrite.ofFrames(frame -> List.of(frame.opcode() == Frame.CLOSE ? flaw.apply(frame) : frame)));
    }

    private static Frame close(int code) {
        return Frame.close(code, "").withoutMask();
    }
}
