package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Signal;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketScope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Servers whose signals cannot be relied on. */
final class SignalsMutantTests extends MutantTests {
    @Test
    @Breaks("signals.set-for-good")
    void aServerThatUnsetsASignalOnceItWasSeenIsCaught() throws Exception {
        kill(ofDisconnected(signal -> new Other(signal) {
            private final AtomicBoolean seen = new AtomicBoolean();

            @Override
            public boolean isSet() {
                return super.isSet() && !seen.getAndSet(true);
            }
        }));
    }

    @Test
    @Breaks("signals.disconnected-before-event")
    void aServerThatSetsTheSignalAfterTheEventIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var isLate = new AtomicBoolean();
            application.handle(
                    scope instanceof WebSocketScope socket
                            ? socket.toBuilder()
                                    .connection(new Signals(
                                            new Other(socket.connection().disconnected()) {
                                                @Override
                                                public boolean isSet() {
                                                    return super.isSet() && !isLate.getAndSet(false);
                                                }
                                            },
                                            socket.connection().draining()))
                                    .build()
                            : scope,
                    () -> {
                        var event = receive.receive();
                        isLate.set(event instanceof WebSocketDisconnect);
                        return event;
                    },
                    send);
        }));
    }

    @Test
    @Breaks("signals.action-once")
    void aServerThatRunsActionsTwiceIsCaught() throws Exception {
        kill(ofDisconnected(signal -> new Other(signal) {
            @Override
            public void onSet(Runnable action) {
                super.onSet(action);
                super.onSet(action);
            }
        }));
    }

    @Test
    @Breaks("signals.action-failure-contained")
    void aServerThatLetsActionsDisturbTheApplicationIsCaught() throws Exception {
        kill(ofDisconnected(signal -> new Other(signal) {
            @Override
            public void onSet(Runnable action) {
                if (isSet()) {
                    action.run();
                } else {
                    super.onSet(action);
                }
            }
        }));
    }

    private static Mutant ofDisconnected(UnaryOperator<Signal> flaw) {
        UnaryOperator<Connection> flawed =
                connection -> new Signals(flaw.apply(connection.disconnected()), connection.draining());
        return Mutant.ofScope(scope -> scope.toBuilder()
                        .connection(flawed.apply(scope.connection()))
                        .build())
                .and(Mutant.ofWebSocketScope(scope -> scope.toBuilder()
                        .connection(flawed.apply(scope.connection()))
                        .build()));
    }

    private record Signals(Signal disconnected, Signal draining) implements Connection {}

    /** A signal with one difference. */
    private abstract static class Other implements Signal {
        private final Signal sound;

        Other(Signal sound) {
            this.sound = sound;
        }

        @Override
        public boolean isSet() {
            return sound.isSet();
        }

        @Override
        public void await() throws InterruptedException {
            sound.await();
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            return sound.await(limit);
        }

        @Override
        public void onSet(Runnable action) {
            sound.onSet(action);
        }
    }
}
