package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Servers that write something else than the application sent. */
final class HttpResponseMutantTests extends MutantTests {
    private static final int MEGABYTE = 1 << 20;

    // status and fields

    @Test
    @Breaks("errors.logged")
    void aServerThatKeepsExceptionsToItselfIsCaught() throws Exception {
        kill(Mutant.silent());
    }

    @Test
    @Breaks("http.response.status")
    void aServerThatAnswersEachSuccessBy200IsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof HttpResponseStart start && start.status() == 201
                ? new HttpResponseStart(200, start.headers(), start.trailers())
                : event));
    }

    @Test
    @Breaks(value = "core.events.defaults", also = "core.events.unknown-keys-ignored")
    void aServerThatWritesTheWordNoneForAMissingBodyIsCaught() throws Exception {
        kill(Mutant.ofSent((answer, event) -> event.equals(HttpResponseBody.end())
                        && answer.events().size() == 1
                        && answer.start().orElseThrow().status() == 200
                ? HttpResponseBody.last("None")
                : event));
    }

    @Test
    @Breaks("core.headers.pairs-kept")
    void aServerThatJoinsFieldsOfOneNameIsCaught() throws Exception {
        kill(ofFields(fields -> {
            var values = new LinkedHashMap<String, String>();
            fields.forEach(field -> values.merge(field.name(), field.value(), (first, more) -> first + ", " + more));
            return values.entrySet().stream()
                    .map(entry -> new Header(entry.getKey(), entry.getValue()))
                    .toList();
        }));
    }

    @Test
    @Breaks(value = "core.headers.pairs-kept", shows = "HttpResponseTck.tabsSpacesAndHighBytesInAValueArePassedOn")
    void aServerThatWritesValuesInUtf8IsCaught() throws Exception {
        kill(ofFields(fields -> fields.stream()
                .map(field -> new Header(
                        field.name(),
                        new String(field.value().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)))
                .toList()));
    }

    @Test
    @Breaks("core.headers.order-kept")
    void aServerThatTurnsTheOrderOfFieldsRoundIsCaught() throws Exception {
        kill(ofFields(List::reversed));
    }

    @Test
    @Breaks("core.headers.response-order-kept")
    void aServerThatSortsFieldsByNameIsCaught() throws Exception {
        kill(ofFields(fields ->
                fields.stream().sorted(Comparator.comparing(Header::name)).toList()));
    }

    @Test
    @Breaks("http.response.hop-by-hop-ignored")
    void aServerThatPassesFieldsOfTheConnectionOnIsCaught() throws Exception {
        kill(Mutant.passingOn("keep-alive", "proxy-connection", "upgrade"));
    }

    @Test
    @Breaks("http.response.framing-owned")
    void aServerThatPassesATransferEncodingOnIsCaught() throws Exception {
        kill(Mutant.passingOn("transfer-encoding"));
    }

    @Test
    @Breaks("http.response.connection-close")
    void aServerThatKeepsAConnectionWhichTheApplicationClosesIsCaught() throws Exception {
        kill(ofFields(fields -> fields.stream()
                .filter(field -> !field.name().equals("connection"))
                .toList()));
    }

    @Test
    @Breaks(value = "http.response.date", also = "http.response.fields-not-doubled")
    void aServerThatGivesNoDateIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.without(head, "date")));
    }

    @Test
    @Breaks("http.response.fields-not-doubled")
    void aServerThatAddsItsDateToTheApplicationsIsCaught() throws Exception {
        kill(Mutant.passingOn("date"));
    }

    // which event is legal when

    @Test
    @Breaks(value = "core.events.illegal-exception", also = "core.events.illegal-without-effect")
    void aServerThatOverlooksEventsWhichItDoesNotKnowIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            if (!event.type().equals("http.unknown")) {
                send.send(event);
            }
        }));
    }

    @Test
    @Breaks("core.events.illegal-without-effect")
    void aServerThatTakesNothingAfterAnEventItRefusedIsCaught() throws Exception {
        var ended = ConcurrentHashMap.<Answer>newKeySet();
        kill(Mutant.ofAnswers((answer, event) -> {
            if (ended.contains(answer)) {
                throw new IllegalEventException("after an event that was refused", event);
            }
            try {
                answer.send(event);
            } catch (IllegalEventException refusal) {
                if (event instanceof ExtensionOutboundEvent) {
                    ended.add(answer);
                }
                throw refusal;
            }
        }));
    }

    @Test
    @Breaks("http.response.order-enforced")
    void aServerThatStartsAResponseOfItsOwnForABodyIsCaught() throws Exception {
        kill(Mutant.ofAnswers((answer, event) -> {
            if (event instanceof HttpResponseBody && !answer.isStarted()) {
                answer.send(new HttpResponseStart(200));
            }
            answer.send(event);
        }));
    }

    @Test
    @Breaks(value = "http.response.after-complete", also = "HttpResponseTck.aClientWhoseBodyIsTooShortIsGone")
    void aServerThatOverlooksWhatComesAfterTheResponseIsCaught() throws Exception {
        kill(Mutant.ofAnswers((answer, event) -> {
            if (!answer.isComplete()) {
                answer.send(event);
            }
        }));
    }

    // the body

    @Test
    @Breaks({"http.response.streamed", "core.send.taken-over"})
    void aServerThatHoldsSmallPartsBackIsCaught() throws Exception {
        var held = new ConcurrentHashMap<Answer, HttpResponseBody>();
        kill(Mutant.ofAnswers((answer, event) -> {
            var before = held.remove(answer);
            if (before != null) {
                answer.send(before);
            }
            if (event instanceof HttpResponseBody body
                    && body.moreBody()
                    && body.body().remaining() == 1) {
                held.put(answer, body);
            } else {
                answer.send(event);
            }
        }));
    }

    @Test
    @Breaks("http.response.head-sent-when-waiting")
    void aServerThatHoldsTheHeadUntilThereIsABodyIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> new Rewrite() {
            private String held = "";

            @Override
            public String head(String head) {
                held = Head.isChunked(head) ? head : "";
                return Head.isChunked(head) ? "" : head;
            }

            @Override
            public String body(String piece) {
                return end() + piece;
            }

            @Override
            public String end() {
                var head = held;
                held = "";
                return head;
            }
        }));
    }

    @Test
    @Breaks("http.response.empty-body-event")
    void aServerThatEndsTheBodyAtAnEmptyPartIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event.equals(HttpResponseBody.more("")) ? HttpResponseBody.end() : event));
    }

    @Test
    @Breaks("http.response.body-concatenated")
    void aServerThatLosesThePartBehindAnEmptyOneIsCaught() throws Exception {
        kill(Mutant.ofSent((answer, event) -> event instanceof HttpResponseBody body
                        && answer.events().getLast().equals(HttpResponseBody.more(""))
                ? new HttpResponseBody(ByteBuffer.allocate(0), body.moreBody())
                : event));
    }

    @Test
    @Breaks(value = "http.response.http-1-0", also = "http.scope.version")
    void aServerThatTakesOldClientsForNewOnesIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replaceFirst(" HTTP/1\\.0\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks(
            value = "http.response.completed",
            also = {
                "http.response.after-complete",
                "http.response.order-enforced",
                "HttpResponseTck.aClientWhoseBodyIsTooShortIsGone"
            })
    void aServerThatCompletesTheResponseWhenTheCallEndsIsCaught() throws Exception {
        kill(completingAtTheEnd(true));
    }

    @Test
    @Breaks("threads.send-from-anywhere")
    void aServerThatTakesEventsFromOneThreadOnlyIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var thread = Thread.currentThread();
            return event -> {
                if (Thread.currentThread() != thread) {
                    throw new IllegalStateException("send belongs to another thread");
                }
                send.send(event);
            };
        }));
    }

    @Test
    @Breaks("threads.send-serialised")
    void aServerThatMixesPartsOfTwoThreadsIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var caller = Thread.currentThread();
            var meeting = new Exchanger<ByteBuffer>();
            return event -> {
                if (Thread.currentThread() == caller || !(event instanceof HttpResponseBody part)) {
                    send.send(event);
                    return;
                }
                var other = meeting.exchange(part.body());
                if (part.body().compareTo(other) < 0) {
                    send.send(HttpResponseBody.more(mixed(part.body(), other)));
                }
            };
        }));
    }

    @Test
    @Breaks("flow.send-blocks")
    void aServerThatKeepsWhateverIsSentInMemoryIsCaught() throws Exception {
        var kept = new ConcurrentHashMap<Answer, List<OutboundEvent>>();
        kill(Mutant.ofAnswers((answer, event) -> {
            if (event instanceof HttpResponseBody body && body.body().remaining() >= MEGABYTE) {
                kept.computeIfAbsent(answer, key -> new ArrayList<>()).add(event);
                return;
            }
            for (var before : kept.getOrDefault(answer, List.of())) {
                answer.send(before);
            }
            answer.send(event);
        }));
    }

    // responses without content

    @Test
    @Breaks(value = "http.response.bodiless", also = "http.response.bodiless-bytes-counted")
    void aServerThatSendsContentInAnswerToHeadIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofHeads(head -> wire.request().startsWith("HEAD ")
                ? head
                        + Head.field(head, "content-length")
                                .map(length -> "x".repeat(Integer.parseInt(length)))
                                .orElse("")
                : head)));
    }

    @Test
    @Breaks("http.response.bodiless-fields-kept")
    void aServerThatSaysNoLengthInA304IsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 304 ? Head.without(head, "content-length") : head));
    }

    @Test
    @Breaks("http.response.no-framing-with-204")
    void aServerThatSaysALengthInA204IsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 204 ? Head.with(head, "content-length: 0") : head));
    }

    @Test
    @Breaks("http.response.bodiless-bytes-counted")
    void aServerThatCountsNoBytesWhichItDropsIsCaught() throws Exception {
        kill(Mutant.ofRefused((answer, event, refusal) -> {
            if (!(event instanceof HttpResponseBody && isToHead(answer) && !answer.isComplete())) {
                throw refusal;
            }
        }));
    }

    // Content-Length

    @Test
    @Breaks("http.response.length-not-reached")
    void aServerThatFillsAShortBodyUpIsCaught() throws Exception {
        kill(Mutant.ofSent((answer, event) -> event instanceof HttpResponseBody body && !body.moreBody()
                ? HttpResponseBody.last(padded(body.body(), answer.missing()))
                : event));
    }

    @Test
    @Breaks("http.response.length-exceeded")
    void aServerThatCutsALongBodyOffIsCaught() throws Exception {
        kill(Mutant.ofRefused((answer, event, refusal) -> {
            if (!(event instanceof HttpResponseBody body && answer.missing() > 0 && !isToHead(answer))) {
                throw refusal;
            }
            answer.send(new HttpResponseBody(body.body().limit(answer.missing()), body.moreBody()));
        }));
    }

    @Test
    @Breaks("http.response.length-invalid")
    void aServerThatOverlooksALengthItCannotReadIsCaught() throws Exception {
        kill(Mutant.ofRefused((answer, event, refusal) -> {
            if (!(event instanceof HttpResponseStart start) || answer.isStarted()) {
                throw refusal;
            }
            answer.send(new HttpResponseStart(start.status(), start.headers().without("content-length")));
        }));
    }

    // applications that fail, or stay

    @Test
    @Breaks(
            value = "errors.exception-before-response",
            also = {"errors.contained", "http.response.order-enforced", "core.events.invalid-outbound-refused"})
    void aServerThatAnswersAnExceptionBy503IsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (failure != null && !answer.isStarted()) {
                respond(answer, 503, "close", "");
            }
        }));
    }

    @Test
    @Breaks("errors.exception-closes-connection")
    void aServerThatKeepsTheConnectionAfterAnExceptionIsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (failure != null && !answer.isStarted()) {
                respond(answer, 500, "keep-alive", "");
            }
        }));
    }

    @Test
    @Breaks("errors.no-details-to-client")
    void aServerThatTellsTheClientWhatWentWrongIsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (failure != null && !answer.isStarted()) {
                respond(answer, 500, "close", failure.toString());
            }
        }));
    }

    @Test
    @Breaks("errors.return-before-response")
    void aServerThatIsContentWithoutAResponseIsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (failure == null && !answer.isStarted()) {
                respond(answer, 204, "keep-alive", "");
            }
        }));
    }

    @Test
    @Breaks("errors.incomplete-response-truncated")
    void aServerThatCompletesWhatTheApplicationDidNotIsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (answer.isStarted() && !answer.isComplete()) {
                answer.send(HttpResponseBody.end());
            }
        }));
    }

    @Test
    @Breaks(
            value = "errors.exception-after-response",
            also = {
                "http.response.completed",
                "http.response.after-complete",
                "http.response.order-enforced",
                "HttpResponseTck.aClientWhoseBodyIsTooShortIsGone"
            })
    void aServerThatCutsACompleteResponseOffIsCaught() throws Exception {
        kill(completingAtTheEnd(false));
    }

    @Test
    @Breaks(value = "errors.contained", also = "errors.exception-after-response")
    void aServerThatFailsAsTheApplicationDidBeforeIsCaught() throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var path = scope instanceof HttpScope http ? http.path() : "";
            if (failed.contains(path)) {
                throw new IllegalStateException("there is no application any more");
            }
            try {
                application.handle(scope, receive, send);
            } catch (Exception | Error failure) {
                failed.add(path);
                throw failure;
            }
        }));
    }

    // what the mutants above have in common

    private static Mutant ofFields(UnaryOperator<List<Header>> flaw) {
        return Mutant.ofSent(event -> event instanceof HttpResponseStart start
                ? new HttpResponseStart(start.status(), Headers.of(flaw.apply(list(start.headers()))), start.trailers())
                : event);
    }

    private static List<Header> list(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false).toList();
    }

    /** Sends the end of a body only when the call has ended. */
    private static Mutant completingAtTheEnd(boolean evenIfItFailed) {
        return Mutant.ofCalls(application -> (scope, receive, send) -> {
            var answer = new Answer(
                    scope,
                    event -> send.send(
                            event instanceof HttpResponseBody body ? new HttpResponseBody(body.body(), true) : event));
            var hasFailed = true;
            try {
                application.handle(scope, receive, answer);
                hasFailed = false;
            } finally {
                if (answer.isComplete() && (evenIfItFailed || !hasFailed)) {
                    send.send(HttpResponseBody.end());
                }
            }
        });
    }

    private static boolean isToHead(Answer answer) {
        return answer.scope() instanceof HttpScope http && http.method().equals("HEAD");
    }

    /** The halves of two parts in turn. */
    private static ByteBuffer mixed(ByteBuffer first, ByteBuffer second) {
        var half = first.remaining() / 2;
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first.slice(0, half))
                .put(second.slice(0, half))
                .put(first.position(half))
                .put(second.position(half))
                .flip();
    }

    private static ByteBuffer padded(ByteBuffer bytes, int length) {
        return length > bytes.remaining()
                ? ByteBuffer.allocate(length).put(bytes).rewind()
                : bytes;
    }

    private static void respond(Answer answer, int status, String connection, String text)
            throws IOException, InterruptedException {
        answer.send(new HttpResponseStart(status, Headers.of("connection", connection)));
        answer.send(HttpResponseBody.last(text));
    }
}
