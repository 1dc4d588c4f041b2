package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Servers that get the bodies of requests wrong. */
final class HttpRequestBodyMutantTests extends MutantTests {
    private static final int LARGE = 100_000;

    @Test
    @Breaks("http.request.body-events")
    void aServerThatEndsALargeBodyEarlyIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var event = receive.receive();
            return event instanceof HttpRequest request
                    ? new HttpRequest(request.body(), request.moreBody() && length(scope) < LARGE)
                    : event;
        }));
    }

    @Test
    @Breaks("http.request.no-body")
    void aServerThatPromisesABodyWhereThereIsNoneIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var first = new ArrayDeque<InboundEvent>();
            if (!hasBody(scope)) {
                first.add(new HttpRequest(ByteBuffer.allocate(0), true));
            }
            return () -> first.isEmpty() ? receive.receive() : first.remove();
        }));
    }

    @Test
    @Breaks(value = "http.request.dechunked", also = "http.request.trailers-not-merged")
    void aServerThatPassesChunksThroughIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var event = receive.receive();
            return event instanceof HttpRequest request
                            && isChunked(scope)
                            && request.body().hasRemaining()
                    ? new HttpRequest(chunks(request.body()), request.moreBody())
                    : event;
        }));
    }

    @Test
    @Breaks("http.request.content-coding-kept")
    void aServerThatUnpacksACompressedBodyIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var event = receive.receive();
            return event instanceof HttpRequest request && headers(scope).contains("content-encoding")
                    ? new HttpRequest(unpacked(request.body()), request.moreBody())
                    : event;
        }));
    }

    @Test
    @Breaks(
            value = {"http.request.streamed", "http.request.received-bytes-first"},
            also = "http.request.truncated-never-ends")
    void aServerThatWaitsForTheWholeBodyIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var body = new ByteArrayOutputStream();
            while (receive.receive() instanceof HttpRequest request) {
                body.writeBytes(bytes(request.body()));
                if (!request.moreBody()) {
                    return new HttpRequest(ByteBuffer.wrap(body.toByteArray()), false);
                }
            }
            return new HttpDisconnect();
        }));
    }

    @Test
    @Breaks(
            value = "http.request.truncated-never-ends",
            also = {
                "http.request.broken-is-disconnect",
                "http.request.received-bytes-first",
                "http.disconnect.at-completion"
            })
    void aServerThatTakesACutOffBodyForAWholeOneIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var isComplete = new boolean[1];
            return () -> {
                var event = receive.receive();
                if (event instanceof HttpDisconnect && !isComplete[0]) {
                    event = new HttpRequest(ByteBuffer.allocate(0), false);
                }
                isComplete[0] |= event instanceof HttpRequest request && !request.moreBody();
                return event;
            };
        }));
    }

    @Test
    @Breaks(
            value = "http.request.broken-is-disconnect",
            also = {
                "http.request.truncated-never-ends",
                "http.request.received-bytes-first",
                "http.disconnect.at-completion"
            })
    void aServerThatTellsNothingOfABrokenBodyIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var isComplete = new boolean[1];
            return () -> {
                var event = receive.receive();
                if (event instanceof HttpDisconnect && !isComplete[0]) {
                    return Mutant.hang(scope);
                }
                isComplete[0] |= event instanceof HttpRequest request && !request.moreBody();
                return event;
            };
        }));
    }

    @Test
    @Breaks(value = "http.request.expect-continue", also = "http.request.expect-continue-withheld")
    void aServerThatTellsEachClientToContinueAtOnceIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            if (!expectsContinue(scope)) {
                return receive;
            }
            var early = early(receive);
            return () -> early.isEmpty() ? receive.receive() : early.remove().join();
        }));
    }

    @Test
    @Breaks(value = "http.request.expect-continue-withheld", also = "http.request.expect-continue")
    void aServerThatTellsAClientToContinueThoughItAnswersIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofHeads(head ->
                Head.status(head) >= 200 && Head.field(wire.request(), "expect").isPresent()
                        ? "HTTP/1.1 100 Continue\r\n\r\n" + head
                        : head)));
    }

    @Test
    @Breaks("http.request.expect-continue")
    void aServerThatNeverTellsAClientToContinueIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 100 ? "" : head));
    }

    @Test
    @Breaks("http.request.trailers-not-merged")
    void aServerThatTakesTrailersForHeaderFieldsIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            if (!(scope instanceof HttpScope http) || !http.headers().contains("trailer")) {
                application.handle(scope, receive, send);
                return;
            }
            var events = new ArrayDeque<InboundEvent>();
            do {
                events.add(receive.receive());
            } while (events.getLast() instanceof HttpRequest request && request.moreBody());
            var trailers = receive.receive() instanceof HttpRequestTrailers last ? last.headers() : Headers.empty();
            var merged =
                    Headers.builder().addAll(http.headers()).addAll(trailers).build();
            application.handle(
                    http.toBuilder().headers(merged).build(),
                    () -> events.isEmpty() ? receive.receive() : events.remove(),
                    send);
        }));
    }

    @Test
    @Breaks("http.disconnect.blocks-until-real")
    void aServerThatEndsTheExchangeWithTheBodyIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var isComplete = new boolean[1];
            return () -> {
                var event = isComplete[0] ? new HttpDisconnect() : receive.receive();
                isComplete[0] |= event instanceof HttpRequest request && !request.moreBody();
                return event;
            };
        }));
    }

    // what the mutants above are made of

    private static Headers headers(Scope scope) {
        return scope instanceof HttpScope http ? http.headers() : Headers.empty();
    }

    private static long length(Scope scope) {
        var length = headers(scope).first("content-length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private static boolean isChunked(Scope scope) {
        return headers(scope).contains("transfer-encoding");
    }

    private static boolean hasBody(Scope scope) {
        return isChunked(scope) || length(scope) > 0;
    }

    private static boolean expectsContinue(Scope scope) {
        return headers(scope).contains("expect");
    }

    private static byte[] bytes(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.get(bytes);
        return bytes;
    }

    private static ByteBuffer unpacked(ByteBuffer body) {
        try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(bytes(body)))) {
            return ByteBuffer.wrap(unpacking.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A chunk for each octet, so that the whole is the same in whatever pieces the body comes in. */
    private static ByteBuffer chunks(ByteBuffer body) {
        var chunks = new ByteArrayOutputStream();
        for (var octet : bytes(body)) {
            chunks.writeBytes(new byte[] {'1', '\r', '\n', octet, '\r', '\n'});
        }
        return ByteBuffer.wrap(chunks.toByteArray());
    }

    /** Receives the first event though nobody asks for it. */
    private static Deque<CompletableFuture<InboundEvent>> early(Receive receive) {
        var first = new CompletableFuture<InboundEvent>();
        Thread.startVirtualThread(() -> {
            try {
                first.complete(receive.receive());
            } catch (InterruptedException | RuntimeException e) {
                first.completeExceptionally(e);
            }
        });
        return new ArrayDeque<>(List.of(first));
    }
}
