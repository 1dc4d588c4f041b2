package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.extension.DenialResponse;
import io.asgi4j.spec.extension.EarlyHint;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.ResponseTrailers;
import io.asgi4j.spec.extension.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that get extensions wrong, or offer them where they do not belong. */
final class ExtensionsMutantTests extends MutantTests {
    private static final int BUFFER = 64 * 1024;

    // where they are offered

    @Test
    @Breaks("extension.where-valid")
    void aServerThatOffersADenialToHttpIsCaught() throws Exception {
        kill(Mutant.ofScope(scope -> scope.toBuilder()
                .extensions(scope.extensions().with(new DenialResponse()))
                .build()));
    }

    @Test
    @Breaks("tls.only-on-tls")
    void aServerThatOffersTlsOnAPlainConnectionIsCaught() throws Exception {
        kill(Mutant.ofScope(scope -> scope.toBuilder()
                .extensions(scope.extensions().with(new Tls(null, List.of(), null, null, null, null)))
                .build()));
    }

    @Test
    @Breaks(value = "extension.presence", also = "core.events.illegal-exception")
    void aServerThatTakesEarlyHintsWithoutOfferingThemIsCaught() throws Exception {
        kill(Mutant.ofScope(scope -> scope.toBuilder()
                .extensions(scope.extensions().without(EarlyHint.class))
                .build()));
    }

    @Test
    @Breaks("extension.trailers.not-offered")
    void aServerThatTakesTrailersWithoutOfferingThemIsCaught() throws Exception {
        kill(Mutant.ofScope(scope -> scope.toBuilder()
                .extensions(scope.extensions().without(ResponseTrailers.class))
                .build()));
    }

    // early hints

    @Test
    @Breaks("extension.early-hint.sent")
    void aServerThatSendsEarlyHintsWithoutLinksIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 103 ? Head.without(head, "link") : head));
    }

    // trailers of a response

    @Test
    @Breaks("extension.trailers.sent")
    void aServerThatSendsOnlyTheLastTrailersIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof HttpResponseTrailers trailers && trailers.moreTrailers()
                ? new HttpResponseTrailers(Headers.empty(), true)
                : event));
    }

    @Test
    @Breaks("extension.trailers.swallowed")
    void aServerThatSendsTrailersToThoseWhoDidNotAskIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.with(head, "TE: trailers")));
    }

    @Test
    @Breaks("extension.trailers.awaited")
    void aServerThatDoesNotMissTrailersIsCaught() throws Exception {
        kill(Mutant.ofEnds((answer, failure) -> {
            if (answer.isBodyComplete() && !answer.isComplete()) {
                answer.send(new HttpResponseTrailers(Headers.empty(), false));
            }
        }));
    }

    @Test
    @Breaks("extension.trailers.no-framing-fields")
    void aServerThatSendsAnyFieldAsTrailerIsCaught() throws Exception {
        kill(Mutant.passingOn("host"));
    }

    // trailers of a request

    @Test
    @Breaks("extension.request-trailers.delivered")
    void aServerThatDropsTheTrailersOfARequestIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var event = receive.receive();
            return event instanceof HttpRequestTrailers ? receive.receive() : event;
        }));
    }

    @Test
    @Breaks(value = "extension.request-trailers.only-then", also = "extension.request-trailers.limited")
    void aServerThatDeliversTrailersWhichARequestDoesNotHaveIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var delivered = new boolean[1];
            return () -> {
                var event = receive.receive();
                var isMissing = event instanceof HttpDisconnect && !delivered[0];
                delivered[0] |= isMissing || event instanceof HttpRequestTrailers;
                return isMissing ? new HttpRequestTrailers(Headers.empty()) : event;
            };
        }));
    }

    @Test
    @Breaks("extension.request-trailers.limited")
    void aServerThatReadsTrailersWithoutEndIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.equals("X-A: 1\r\n") ? "" : piece)));
    }

    // whole files

    @Test
    @Breaks("extension.pathsend.body")
    void aServerThatSendsOneBufferOfAFileIsCaught() throws Exception {
        kill(Mutant.ofAnswers((answer, event) -> answer.send(
                event instanceof HttpResponsePathSend file && isLarge(file)
                        ? HttpResponseBody.last(beginning(file))
                        : event)));
    }

    @Test
    @Breaks("extension.pathsend.length")
    void aServerThatOverlooksAFileThatIsTooLongIsCaught() throws Exception {
        kill(Mutant.ofRefused((answer, event, refusal) -> {
            if (!(event instanceof HttpResponsePathSend && answer.missing() > 0)) {
                throw refusal;
            }
        }));
    }

    @Test
    @Breaks("extension.pathsend.unreadable")
    void aServerThatTakesAMissingFileForAClientThatIsGoneIsCaught() throws Exception {
        kill(Mutant.ofAnswers((answer, event) -> {
            if (event instanceof HttpResponsePathSend file && !Files.exists(file.path())) {
                throw new ClientDisconnectedException();
            }
            answer.send(event);
        }));
    }

    private static boolean isLarge(HttpResponsePathSend file) throws IOException {
        return Files.exists(file.path()) && Files.size(file.path()) > BUFFER;
    }

    private static byte[] beginning(HttpResponsePathSend file) throws IOException {
        try (var bytes = Files.newInputStream(file.path())) {
            return bytes.readNBytes(BUFFER);
        }
    }
}
