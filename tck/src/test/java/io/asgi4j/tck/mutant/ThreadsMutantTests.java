package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.ExtensionInboundEvent;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import java.nio.ByteBuffer;
import java.util.ConcurrentModificationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Servers that mix up threads, calls or events. */
final class ThreadsMutantTests extends MutantTests {
    @Test
    @Breaks({"threads.may-block", "core.call.concurrent"})
    void aServerThatRunsEightCallsAtATimeIsCaught() throws Exception {
        var threads = new Semaphore(8);
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            threads.acquire();
            try {
                application.handle(scope, receive, send);
            } finally {
                threads.release();
            }
        }));
    }

    @Test
    @Breaks("core.call.isolated")
    void aServerThatKeepsOneScopeForAllIsCaught() throws Exception {
        var inProgress = new AtomicReference<@Nullable HttpScope>();
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var first = scope instanceof HttpScope http && inProgress.compareAndSet(null, http);
            var shared = inProgress.get();
            try {
                application.handle(shared == null ? scope : shared, receive, send);
            } finally {
                if (first) {
                    inProgress.set(null);
                }
            }
        }));
    }

    @Test
    @Breaks("core.receive.blocks")
    void aServerThatDeliversEachMessageTwiceIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var again = new AtomicReference<@Nullable InboundEvent>();
            return () -> {
                var event = again.getAndSet(null);
                if (event == null) {
                    event = receive.receive();
                    again.set(event instanceof WebSocketReceive ? event : null);
                }
                return event;
            };
        }));
    }

    @Test
    @Breaks("core.events.type")
    void aServerWithAnEventOfItsOwnIsCaught() throws Exception {
        record Checksum() implements ExtensionInboundEvent {
            @Override
            public String type() {
                return "server.checksum";
            }
        }
        kill(Mutant.ofReceived(event -> event instanceof HttpRequestTrailers ? new Checksum() : event));
    }

    @Test
    @Breaks({"core.events.bytes-kept", "core.scope.immutable"})
    void aServerThatUsesItsBuffersAgainIsCaught() throws Exception {
        var buffer = new byte[1 << 20];
        kill(Mutant.ofReceived(event -> switch (event) {
            case HttpRequest request -> new HttpRequest(copy(request.body(), buffer), request.moreBody());
            case WebSocketReceive message
            when message.bytes() instanceof ByteBuffer bytes -> WebSocketReceive.bytes(copy(bytes, buffer));
            default -> event;
        }));
    }

    private static ByteBuffer copy(ByteBuffer bytes, byte[] buffer) {
        var length = bytes.remaining();
        bytes.get(buffer, 0, length);
        return ByteBuffer.wrap(buffer, 0, length);
    }

    @Test
    @Breaks(value = "threads.receive-from-anywhere", also = "threads.send-from-anywhere")
    void aServerThatLetsNoForeignThreadReceiveIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            if (!Thread.currentThread().isVirtual()) {
                throw new IllegalStateException("receive is called by a foreign thread");
            }
            return receive.receive();
        }));
    }

    @Test
    @Breaks("threads.receive-one-at-a-time")
    void aServerWithAnotherExceptionForASecondReceiveIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            try {
                return receive.receive();
            } catch (IllegalStateException e) {
                throw new ConcurrentModificationException(e);
            }
        }));
    }

    @Test
    @Breaks(value = "threads.outlives-call", also = "http.response.after-complete")
    void aServerThatForgetsTheClientWhenTheCallEndsIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var ended = new AtomicBoolean();
            application.handle(scope, receive, event -> {
                if (ended.get() && event instanceof HttpResponseBody) {
                    throw new ClientDisconnectedException();
                }
                send.send(event);
            });
            ended.set(true);
        }));
    }
}
