package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.Signal;
import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Servers that shut down in a wrong way. */
final class ShutdownMutantTests extends MutantTests {
    @Test
    @Breaks("signals.draining")
    void aServerThatTellsLateRequestsNothingOfTheShutdownIsCaught() throws Exception {
        record Quiet(Signal disconnected, Signal draining) implements Connection {}
        kill(Mutant.ofScope(scope -> scope.connection().draining().isSet()
                ? scope.toBuilder()
                        .connection(new Quiet(scope.connection().disconnected(), Signal.never()))
                        .build()
                : scope));
    }

    @Test
    @Breaks(value = "cancellation.grace-period-interrupts", also = "shutdown.ignored-interrupt")
    void aServerThatInterruptsNobodyIsCaught() throws Exception {
        kill(Mutant.ofCalls(ShutdownMutantTests::onAnotherThread));
    }

    private static Application onAnotherThread(Application application) {
        return (scope, receive, send) -> {
            var end = new CompletableFuture<Void>();
            Thread.ofVirtual().start(() -> {
                try {
                    application.handle(scope, receive, send);
                    end.complete(null);
                } catch (Exception e) {
                    end.completeExceptionally(e);
                }
            });
            try {
                end.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        };
    }

    @Test
    @Breaks("shutdown.ignored-interrupt")
    void aServerThatDoesNotShutTheApplicationDownUnderACallIsCaught() throws Exception {
        var calls = new AtomicInteger();
        kill(Mutant.ofApplication(application -> (scope, receive, send) -> {
            if (scope instanceof LifespanScope) {
                application.handle(
                        scope,
                        () -> {
                            var event = receive.receive();
                            if (event instanceof LifespanShutdown && calls.get() > 0) {
                                throw new IllegalStateException("a call goes on");
                            }
                            return event;
                        },
                        send);
            } else {
                calls.incrementAndGet();
                application.handle(scope, receive, send);
                calls.decrementAndGet();
            }
        }));
    }

    @Test
    @Breaks({"shutdown.websockets-closed", "shutdown.websockets-closed-first"})
    void aServerThatClosesWebSocketsWithAnotherCodeIsCaught() throws Exception {
        var restart = Frame.close(1012, "").withoutMask();
        var goingAway = Frame.close(1001, "").withoutMask();
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(frame -> List.of(frame.equals(restart) ? goingAway : frame))));
    }
}
