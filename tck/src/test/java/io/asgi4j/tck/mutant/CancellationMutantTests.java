package io.asgi4j.tck.mutant;

import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.WebSocketReceive;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers that do the wrong thing when a thread of the application is interrupted. */
final class CancellationMutantTests extends MutantTests {
    private static final int TAIL = 16;

    @Test
    @Breaks(value = "cancellation.blocked-calls-end", also = "cancellation.receive-loses-nothing")
    void aServerThatWaitsForABodyInSpiteOfAnInterruptIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            while (true) {
                try {
                    return receive.receive();
                } catch (InterruptedException e) {
                    if (!(scope instanceof HttpScope)) {
                        throw e;
                    }
                }
            }
        }));
    }

    @Test
    @Breaks(value = "cancellation.receive-loses-nothing", also = "cancellation.blocked-calls-end")
    void aServerThatLosesAMessageToAnInterruptIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var interrupted = new AtomicBoolean();
            return () -> {
                try {
                    var event = receive.receive();
                    return interrupted.getAndSet(false) && event instanceof WebSocketReceive
                            ? WebSocketReceive.text("")
                            : event;
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                }
            };
        }));
    }

    @Test
    @Breaks(value = "cancellation.whole-or-nothing", also = "cancellation.blocked-calls-end")
    void aServerThatSendsALargePartInTwoIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            if (event instanceof HttpResponseBody part && part.body().remaining() > TAIL) {
                var length = part.body().remaining() - TAIL;
                send.send(new HttpResponseBody(part.body().slice(0, length), true));
                send.send(new HttpResponseBody(part.body().slice(length, TAIL), part.moreBody()));
            } else {
                send.send(event);
            }
        }));
    }
}
