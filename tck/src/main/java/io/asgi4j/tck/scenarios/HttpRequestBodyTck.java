package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.clientError;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.interims;
import static io.asgi4j.tck.scenario.Matchers.latin1;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.requestBodyOf;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.unfinishedRequestBody;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;

import io.asgi4j.tck.script.TraceEntry.Kind;
import org.junit.jupiter.api.Test;

/** How the body of a request reaches the application. */
public abstract class HttpRequestBodyTck extends Tck {
    private static final int ODD_BODIES = 20;
    private static final String GZIPPED_HELLO =
            "\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0002\u0003\u00cbH\u00cd\u00c9\u00c9\u0007\u0000\u0086\u00a6\u00106\u0005\u0000\u0000\u0000";

    @Test
    @Requirement("http.request.no-body")
    final void aRequestWithoutABodyIsOneEmptyEvent() {
        scenario(app(receive(), respond(204)))
                .get()
                .expectStatus(204)
                .expectApp(requestBody(""), exactly(1, received("http.request")));
    }

    @Test
    @Requirement("http.request.body-events")
    final void aBodyWithContentLengthArrives() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .post("hello world")
                .expectStatus(204)
                .expectApp(requestBody("hello world"), no("http.disconnect"));
    }

    @Test
    @Requirement("http.request.dechunked")
    final void aChunkedBodyArrivesDecoded() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .send(
                        "POST {path} HTTP/1.1",
                        "Host: {host}",
                        "Transfer-Encoding: chunked",
                        "",
                        "5;extension=1",
                        "hello",
                        "6",
                        " world",
                        "0",
                        "")
                .expectStatus(204)
                .expectApp(requestBody("hello world"), no("http.disconnect"));
    }

    @Test
    @Requirement("http.request.dechunked")
    final void oddChunksArriveDecoded() {
        var odd = new Oddities(3);
        var scenario = scenario(app(receiveUntilBodyEnds(), respond(204)));
        for (var i = 0; i < ODD_BODIES; i++) {
            var body = odd.chunked();
            scenario.on("request " + i)
                    .writeInPieces(
                            odd.pieceSize(),
                            "POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + body.written())
                    .expectStatus(204)
                    .expectApp(requestBodyOf(i, latin1(body.content())));
        }
    }

    @Test
    @Requirement({"http.request.body-events", "http.request.dechunked"})
    final void aBodyThatDribblesInArrivesWhole() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .writeInPieces(1, """
                    POST {path} HTTP/1.1\r
                    Host: {host}\r
                    Transfer-Encoding: chunked\r
                    \r
                    5\r
                    hello\r
                    6\r
                     world\r
                    0\r
                    \r
                    """)
                .expectStatus(204)
                .expectApp(requestBody("hello world"));
    }

    @Test
    @Requirement("http.request.streamed")
    final void theFirstBytesArriveBeforeTheLastAreSent() {
        scenario(app(receive(), receiveUntilBodyEnds(), respond(200, "done")))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 11\r\n\r\nhello")
                .awaitApp("received:http.request")
                .write(" world")
                .expectResponse(status(200), body("done"))
                .expectApp(requestBody("hello world"));
    }

    @Test
    @Requirement("http.request.body-events")
    final void aLargeBodyArrivesWhole() {
        scenario(app(receiveUntilBodyEnds().summarised(), respond(204)))
                .post(fill("0123456789abcdef\n", 1 << 20))
                .expectStatus(204)
                .expectApp(requestBody(fill("0123456789abcdef\n", 1 << 20)));
    }

    @Test
    @Requirement({"http.request.truncated-never-ends", "http.request.received-bytes-first"})
    final void aBodyThatIsCutOffNeverEnds() {
        scenario(app(receiveUntilBodyEnds()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10\r\n\r\nabc")
                .about("http.request.received-bytes-first")
                .awaitApp("received:http.request")
                .close()
                .expectApp(
                        unfinishedRequestBody("abc"),
                        inOrder(received("http.request").with("more_body", true), received("http.disconnect")))
                .about("http.request.truncated-never-ends")
                .expectApp(no(received("http.request").with("more_body", false)));
    }

    @Test
    @Requirement({"http.request.broken-is-disconnect", "http.request.broken-answered"})
    final void aMalformedChunkIsADisconnectAndAnsweredBy4xx() {
        scenario(app(receiveUntilBodyEnds()))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nnot hex\r\n")
                .expectResponse(clientError())
                .expectClose()
                .expectApp(
                        received("http.disconnect"), no(received("http.request").with("more_body", false)));
    }

    @Test
    @Requirement("http.request.expect-continue")
    final void aClientThatAsksIsToldToContinueOnceTheApplicationReceives() {
        scenario(app(await("go"), receiveUntilBodyEnds(), respond(204)))
                .send("POST {path} HTTP/1.1", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .awaitApp("scope")
                .expectNothing()
                .signal("go")
                .expectInterim(100)
                .write("hello")
                .expectResponse(status(204), interims())
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("http.request.content-coding-kept")
    final void aCompressedBodyStaysCompressed() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
                        .formatted(GZIPPED_HELLO.length()))
                .write(latin1(GZIPPED_HELLO))
                .expectStatus(204)
                .expectApp(requestHeader("content-encoding", "gzip"), requestBody(latin1(GZIPPED_HELLO)));
    }

    @Test
    @Requirement("http.request.trailers-not-merged")
    final void trailersAreNoHeaderFields() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .send(
                        "POST {path} HTTP/1.1",
                        "Host: {host}",
                        "Transfer-Encoding: chunked",
                        "Trailer: X-Checksum",
                        "",
                        "5",
                        "hello",
                        "0",
                        "X-Checksum: 42",
                        "")
                .expectStatus(204)
                .expectApp(requestBody("hello"), requestHeader("x-checksum"));
    }

    @Test
    @Requirement({"http.disconnect.blocks-until-real", "http.disconnect.delivered"})
    final void receiveBlocksAfterTheBodyUntilTheClientLeaves() {
        scenario(app(
                        receiveUntilBodyEnds(),
                        fork("witness", await("leaving")),
                        receiveUntil("http.disconnect"),
                        join("witness")))
                .get()
                .signal("leaving")
                .expectAppQuietAfter("returned@witness")
                .close()
                .expectApp(inOrder(received("http.request"), entry(Kind.SIGNALLED), received("http.disconnect")));
    }
}
