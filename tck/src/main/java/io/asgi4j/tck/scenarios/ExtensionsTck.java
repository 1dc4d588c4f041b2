package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.interims;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.noBody;
import static io.asgi4j.tck.scenario.Matchers.noTrailer;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.response;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.trace;
import static io.asgi4j.tck.scenario.Matchers.trailer;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Matchers.withoutKey;
import static io.asgi4j.tck.scenario.Scripts.accept;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.end;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.file;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.headers;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.scenario.TraceMatcher;
import io.asgi4j.tck.scenario.TraceView;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import io.asgi4j.tck.wire.InterimResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ASGI's extensions add to HTTP exchanges, and where they may be offered. */
public abstract class ExtensionsTck extends Tck {
    private static final String STYLE = "</style.css>; rel=preload; as=style";
    private static final String SCRIPT = "</app.js>; rel=preload; as=script";

    @Test
    @Requirement("extension.where-valid")
    final void anHttpScopeOffersNothingOfOtherProtocols() {
        scenario(app(respond(204))).get().expectStatus(204).expectApp(extensionsOnlyOf("http.", "tls"));
    }

    @Test
    @Requirement("extension.where-valid")
    @Needs(Feature.WEBSOCKET)
    final void aWebSocketScopeOffersNothingOfOtherProtocols() {
        scenario(app(receive(), accept(), close())).openWebSocket().expectApp(extensionsOnlyOf("websocket.", "tls"));
    }

    @Test
    @Requirement("tls.only-on-tls")
    final void aPlainConnectionHasNoTlsExtension() {
        scenario(app(respond(204))).get().expectStatus(204).expectApp(notOffered("tls"));
    }

    @Test
    @Requirement("extension.push.not-offered")
    final void serverPushIsNotOffered() {
        scenario(app(respond(204))).get().expectStatus(204).expectApp(notOffered("http.response.push"));
    }

    @Test
    @Requirement("extension.debug.not-offered")
    final void debugIsNotOffered() {
        scenario(app(respond(204))).get().expectStatus(204).expectApp(notOffered("http.response.debug"));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    final void anEventOfAnExtensionThatIsNotOfferedIsRefused() {
        scenario(app(
                        send(event("http.response.nobody_offers_this")).tolerant(),
                        start(200),
                        send(event("http.response.nobody_offers_this")).tolerant(),
                        last("page")))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(exactly(2, refused("http.response.nobody_offers_this")));
    }

    @Test
    @Requirement("core.events.illegal-exception")
    @Needs(Feature.WEBSOCKET_DENIAL)
    final void anEventOfAWebSocketExtensionIsRefusedOnHttp() {
        scenario(app(
                        send(event("websocket.http.response.start").with("status", 403))
                                .tolerant(),
                        respond(200, "page")))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(refused("websocket.http.response.start"));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    final void anEarlyHintIsTakenWhereTheScopeOffersIt() {
        scenario(app(earlyHint(STYLE).tolerant(), respond(200, "page")))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(takenIfOffered("http.response.early_hint", "http.response.early_hint"));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    final void aPushIsTakenWhereTheScopeOffersIt() {
        scenario(app(
                        send(event("http.response.push")
                                        .with("path", "/style.css")
                                        .with("headers", headers()))
                                .tolerant(),
                        respond(200, "page")))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(takenIfOffered("http.response.push", "http.response.push"));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    final void debugInformationIsTakenWhereTheScopeOffersIt() {
        scenario(app(
                        send(event("http.response.debug")
                                        .with("info", Dict.empty().with("template", "page")))
                                .tolerant(),
                        respond(200, "page")))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(takenIfOffered("http.response.debug", "http.response.debug"));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    final void aFileIsTakenWhereTheScopeOffersIt() {
        scenario(app(
                        file("page", fill("page", 4)),
                        start(200),
                        path().tolerant(),
                        last("page").tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(takenIfOffered("http.response.pathsend", "http.response.pathsend"));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    final void anOpenFileIsTakenWhereTheScopeOffersIt() {
        scenario(app(
                        file("page", fill("page", 4)),
                        start(200),
                        send(event("http.response.zerocopysend").with("file", new Value.FileHandle("page")))
                                .tolerant(),
                        last("page").tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(takenIfOffered("http.response.zerocopysend", "http.response.zerocopysend"));
    }

    @Test
    @Requirement({"extension.presence", "extension.trailers.not-offered"})
    final void trailersAreTakenWhereTheScopeOffersThem() {
        scenario(app(
                        startWithTrailers().tolerant(),
                        start(200).tolerant(),
                        last("page"),
                        trailers(false, "x-one", "1").tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .about("extension.trailers.not-offered")
                .expectApp(
                        takenIfOffered("http.response.trailers", "http.response.trailers"),
                        exactly(1, sent("http.response.start")));
    }

    @Test
    @Requirement({"extension.presence", "core.events.illegal-exception"})
    @Needs(Feature.WEBSOCKET)
    final void aDenialResponseIsTakenWhereTheScopeOffersIt() {
        scenario(app(
                        receive(),
                        send(event("websocket.http.response.start")
                                        .with("status", 403)
                                        .with("headers", headers()))
                                .tolerant(),
                        send(event("websocket.http.response.body").with("body", bytes("")))
                                .tolerant(),
                        close().tolerant()))
                .handshake()
                .expectResponse(status(403))
                .about("core.events.illegal-exception")
                .expectApp(takenIfOffered("websocket.http.response", "websocket.http.response.start"));
    }

    // early hints

    @Test
    @Requirement("extension.early-hint.sent")
    @Needs(Feature.EARLY_HINT)
    final void earlyHintsComeBeforeTheResponseUnlessIgnored() {
        scenario(app(earlyHint(STYLE), earlyHint(SCRIPT), respond(200, "page")))
                .get()
                .expectResponse(
                        status(200),
                        body("page"),
                        response(
                                "before it 103 with the links that were sent, or nothing",
                                response -> response.interims().isEmpty() || areHints(response.interims())))
                .expectApp(exactly(2, sent("http.response.early_hint")));
    }

    @Test
    @Requirement("extension.early-hint.ignored")
    @Needs(Feature.EARLY_HINT)
    final void anHttp10ClientGetsNoEarlyHint() {
        scenario(app(earlyHint(STYLE), respond(200, "page")))
                .send("GET {path} HTTP/1.0", "Host: {host}", "")
                .expectResponse(status(200), interims(), body("page"))
                .expectApp(sent("http.response.early_hint"));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    @Needs(Feature.EARLY_HINT)
    final void anEarlyHintAfterTheStartIsRefused() {
        scenario(app(start(200), earlyHint(STYLE).tolerant(), last("page")))
                .get()
                .expectResponse(status(200), interims(), body("page"))
                .expectApp(refused("http.response.early_hint"));
    }

    // trailers of a response

    @Test
    @Requirement("extension.trailers.sent")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void trailersComeBehindTheBodyForAClientThatTakesThem() {
        scenario(app(startWithTrailers(), last("page"), trailers(true, "x-one", "1"), trailers(false, "x-two", "2")))
                .send(askingForTrailers())
                .expectResponse(status(200), body("page"), trailer("x-one", "1"), trailer("x-two", "2"))
                .expectApp(exactly(2, sent("http.response.trailers")));
    }

    @Test
    @Requirement("extension.trailers.swallowed")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void trailersAreDroppedForAClientThatDidNotAsk() {
        scenario(app(startWithTrailers(), last("page"), trailers(false, "x-one", "1")))
                .get()
                .expectResponse(status(200), body("page"), noTrailer("x-one"))
                .get()
                .expectResponse(status(200), body("page"), noTrailer("x-one"))
                .expectApp(exactly(2, sent("http.response.trailers")));
    }

    @Test
    @Requirement("extension.trailers.swallowed")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void trailersAreDroppedWhereTheFramingHasNoRoom() {
        scenario(app(startWithTrailers("content-length", "4"), last("page"), trailers(false, "x-one", "1")))
                .send(askingForTrailers())
                .expectResponse(status(200), header("content-length", "4"), body("page"), noTrailer("x-one"))
                .send(askingForTrailers())
                .expectResponse(status(200), body("page"), noTrailer("x-one"))
                .expectApp(exactly(2, sent("http.response.trailers")));
    }

    @Test
    @Requirement("extension.trailers.awaited")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void aResponseWithoutItsTrailersIsNotComplete() {
        scenario(app(startWithTrailers(), more("page"), await("go"), end()))
                .send(askingForTrailers())
                .expectPart(4, status(200))
                .signal("go")
                .expectResponse(truncated())
                .expectApp(exactly(2, sent("http.response.body")), returned());
    }

    @Test
    @Requirement("extension.trailers.awaited")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void aResponseWithoutItsLastTrailersIsNotComplete() {
        scenario(app(startWithTrailers(), more("page"), await("go"), end(), trailers(true, "x-one", "1")))
                .send(askingForTrailers())
                .expectPart(4, status(200))
                .signal("go")
                .expectResponse(truncated())
                .expectApp(sent("http.response.trailers"));
    }

    @Test
    @Requirement("extension.trailers.no-framing-fields")
    @Needs(Feature.RESPONSE_TRAILERS)
    final void noTrailerChangesTheFraming() {
        scenario(app(
                        startWithTrailers(),
                        last("page"),
                        trailers(
                                false,
                                "content-length",
                                "999",
                                "host",
                                "example.org",
                                "trailer",
                                "x-two",
                                "transfer-encoding",
                                "chunked",
                                "x-one",
                                "1")))
                .send(askingForTrailers())
                .expectResponse(
                        body("page"),
                        trailer("x-one", "1"),
                        noTrailer("content-length"),
                        noTrailer("host"),
                        noTrailer("trailer"),
                        noTrailer("transfer-encoding"));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    @Needs(Feature.RESPONSE_TRAILERS)
    final void trailersThatWereNotAnnouncedAreRefused() {
        scenario(app(start(200), more("pa"), trailers(false, "x-one", "1").tolerant(), last("ge")))
                .send(askingForTrailers())
                .expectResponse(status(200), body("page"), noTrailer("x-one"))
                .expectApp(refused("http.response.trailers"));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    @Needs(Feature.RESPONSE_TRAILERS)
    final void trailersBeforeTheEndOfTheBodyAreRefused() {
        scenario(app(
                        startWithTrailers(),
                        more("pa"),
                        trailers(false, "x-early", "1").tolerant(),
                        last("ge"),
                        trailers(false, "x-one", "1")))
                .send(askingForTrailers())
                .expectResponse(status(200), body("page"), noTrailer("x-early"), trailer("x-one", "1"))
                .expectApp(exactly(1, refused("http.response.trailers")));
    }

    // trailers of a request

    @Test
    @Requirement("extension.request-trailers.delivered")
    @Needs(Feature.REQUEST_TRAILERS)
    final void theTrailersOfARequestComeOnceBehindItsBody() {
        scenario(app(receiveUntilBodyEnds(), receive(), respond(204), receiveUntil("http.disconnect")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n")
                .write("5\r\nhello\r\n0\r\nX-Checksum: 42\r\n\r\n")
                .expectStatus(204)
                .expectApp(
                        inOrder(
                                received("http.request").with("more_body", false),
                                received("http.request.trailers").with("headers", headers("x-checksum", "42")),
                                sent("http.response.body"),
                                received("http.disconnect")),
                        exactly(1, received("http.request.trailers")));
    }

    @Test
    @Requirement("extension.request-trailers.only-then")
    @Needs(Feature.REQUEST_TRAILERS)
    final void aRequestWithoutTrailersHasNoEventForThem() {
        scenario(app(receiveUntilBodyEnds(), respond(204), receive()))
                .send("POST {path} HTTP/1.1", "Host: {host}", "Transfer-Encoding: chunked", "", "0", "")
                .expectStatus(204)
                .expectApp(received("http.disconnect"), no("http.request.trailers"));
    }

    @Test
    @Requirement("extension.request-trailers.only-then")
    @Needs(Feature.REQUEST_TRAILERS)
    final void trailersThatAreCutOffAreNotDelivered() {
        scenario(app(receiveUntil("http.disconnect")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                .awaitApp("received:http.request")
                .write("0\r\nX-Checksum: 42\r\n")
                .close()
                .expectApp(received("http.disconnect"), no("http.request.trailers"));
    }

    @Test
    @Requirement("extension.request-trailers.limited")
    @Needs(Feature.REQUEST_TRAILERS)
    final void aHugeTrailerIsRefused() {
        scenario(app(receiveUntil("http.disconnect")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                .awaitApp("received:http.request")
                .write("0\r\nX-Long: " + "a".repeat(1 << 20) + "\r\n\r\n")
                .expectCloseAfterAnything()
                .expectApp(received("http.disconnect"), no("http.request.trailers"));
    }

    @Test
    @Requirement("extension.request-trailers.limited")
    @Needs(Feature.REQUEST_TRAILERS)
    final void endlesslyManyTrailersAreRefused() {
        scenario(app(receiveUntil("http.disconnect")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
                .awaitApp("received:http.request")
                .write("0\r\n" + "X-A: 1\r\n".repeat(1 << 15))
                .expectCloseAfterAnything()
                .expectApp(received("http.disconnect"), no("http.request.trailers"));
    }

    // whole files

    @Test
    @Requirement("extension.pathsend.body")
    @Needs(Feature.PATHSEND)
    final void aFileIsTheWholeBody() {
        scenario(app(
                        file("page", fill("0123456789abcdef\n", 1 << 20)),
                        start(200, "content-length", "1048576"),
                        path()))
                .get()
                .expectResponse(
                        status(200), header("content-length", "1048576"), body(fill("0123456789abcdef\n", 1 << 20)))
                .expectApp(sent("http.response.pathsend"));
    }

    @Test
    @Requirement("extension.pathsend.body")
    @Needs(Feature.PATHSEND)
    final void aFileWithoutAnnouncedLengthCompletesTheBody() {
        scenario(app(file("page", fill("page", 4)), start(200), path()))
                .get()
                .expectResponse(status(200), body("page"))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(exactly(2, sent("http.response.pathsend")));
    }

    @Test
    @Requirement({"extension.pathsend.body", "http.response.bodiless"})
    @Needs(Feature.PATHSEND)
    final void aFileIsNotSentInAnswerToHead() {
        scenario(app(file("page", fill("page", 4)), start(200, "content-length", "4"), path()))
                .send("HEAD {path} HTTP/1.1", "Host: {host}", "")
                .expectResponse(status(200), header("content-length", "4"), noBody())
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(exactly(2, sent("http.response.pathsend")));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    @Needs(Feature.PATHSEND)
    final void aSecondFileIsRefused() {
        scenario(app(file("page", fill("page", 4)), start(200), path(), path().tolerant()))
                .get()
                .expectResponse(status(200), body("page"))
                .expectApp(exactly(1, sent("http.response.pathsend")), refused("http.response.pathsend"));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    @Needs(Feature.PATHSEND)
    final void aFileBehindAPartOfTheBodyIsRefused() {
        scenario(app(file("page", fill("page", 4)), start(200), more("a"), path().tolerant(), last("b")))
                .get()
                .expectResponse(status(200), body("ab"))
                .expectApp(refused("http.response.pathsend"));
    }

    @Test
    @Requirement("extension.pathsend.unreadable")
    @Needs(Feature.PATHSEND)
    final void aMissingFileLeavesRoomForAnotherBody() {
        scenario(app(start(200), path().tolerant(), last("another")))
                .get()
                .expectResponse(status(200), body("another"))
                .expectApp(
                        sendFailed("http.response.pathsend").clientGone(),
                        trace(
                                "that the failure does not tell that the client is gone",
                                view -> view.entries().stream()
                                        .filter(entry -> entry.kind() == Kind.SEND_FAILED)
                                        .noneMatch(entry -> entry.error() != null
                                                && entry.error().type().contains("Disconnected"))));
    }

    @Test
    @Requirement({"extension.pathsend.absolute", "core.events.invalid-outbound-refused"})
    @Needs(Feature.PATHSEND)
    final void aRelativePathIsRefused() {
        scenario(app(
                        start(200),
                        send(event("http.response.pathsend").with("path", "relative.txt"))
                                .tolerant(),
                        last("another")))
                .get()
                .expectResponse(status(200), body("another"))
                .expectApp(sendFailed("http.response.pathsend"));
    }

    @Test
    @Requirement("extension.pathsend.length")
    @Needs(Feature.PATHSEND)
    final void aFileLongerThanTheAnnouncedLengthIsRefused() {
        scenario(app(file("page", fill("page", 4)), start(200, "content-length", "3"), path().tolerant(), last("abc")))
                .get()
                .expectResponse(status(200), header("content-length", "3"), body("abc"))
                .expectApp(refused("http.response.pathsend"));
    }

    @Test
    @Requirement("extension.pathsend.length")
    @Needs(Feature.PATHSEND)
    final void aFileShorterThanTheAnnouncedLengthIsCutOff() {
        scenario(app(file("page", fill("page", 4)), start(200, "content-length", "9"), path().tolerant()))
                .get()
                .expectResponse(truncated())
                .expectClose();
    }

    // what the scenarios above have in common

    private static Steps earlyHint(String link) {
        return send(event("http.response.early_hint").with("links", Value.list(Value.latin1(link))));
    }

    private static boolean areHints(List<InterimResponse> interims) {
        return interims.stream().allMatch(interim -> interim.status() == 103)
                && interims.stream()
                        .flatMap(interim -> interim.fields().all("link").stream())
                        .toList()
                        .equals(List.of(STYLE, SCRIPT));
    }

    private static Steps startWithTrailers(String... namesAndValues) {
        return send(event("http.response.start")
                .with("status", 200)
                .with("headers", headers(namesAndValues))
                .with("trailers", true));
    }

    private static Steps trailers(boolean more, String... namesAndValues) {
        return send(event("http.response.trailers")
                .with("headers", headers(namesAndValues))
                .with("more_trailers", more));
    }

    private static String[] askingForTrailers() {
        return new String[] {"GET {path} HTTP/1.1", "Host: {host}", "TE: trailers", "Connection: TE", ""};
    }

    private static Steps path() {
        return send(event("http.response.pathsend").with("path", new Value.FilePath("page")));
    }

    private static TraceMatcher takenIfOffered(String extension, String event) {
        return trace(
                "%s is taken if the scope offers %s, and refused if it does not".formatted(event, extension),
                view -> view.entries().stream()
                        .anyMatch(entry -> entry.kind() == (isOffered(view, extension) ? Kind.SENT : Kind.SEND_FAILED)
                                && entry.eventType().equals(event)));
    }

    private static boolean isOffered(TraceView view, String extension) {
        return view.entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.kind() == Kind.SCOPE ? entry.event() : null))
                .anyMatch(scope -> offered(scope).contains(extension));
    }

    private static TraceMatcher notOffered(String extension) {
        return scope("extensions", withoutKey(extension));
    }

    private static TraceMatcher extensionsOnlyOf(String prefix, String... others) {
        return trace(
                "no extension of ASGI's in the scope but " + prefix + "* and " + List.of(others),
                view -> view.entries().stream()
                        .anyMatch(entry -> entry.kind() == Kind.SCOPE
                                && entry.event() != null
                                && offered(entry.event()).stream()
                                        .allMatch(name -> name.startsWith(prefix)
                                                || List.of(others).contains(name)
                                                || !isOfAsgi(name))));
    }

    private static boolean isOfAsgi(String extension) {
        return extension.startsWith("http.") || extension.startsWith("websocket.") || extension.equals("tls");
    }

    private static Set<String> offered(Dict scope) {
        return scope.get("extensions") instanceof Dict extensions
                ? extensions.entries().keySet()
                : Set.of();
    }
}
