package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.headerOnce;
import static io.asgi4j.tck.scenario.Matchers.interims;
import static io.asgi4j.tck.scenario.Matchers.noBody;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.orEnd;
import static io.asgi4j.tck.scenario.Matchers.requestBody;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.calls;
import static io.asgi4j.tck.scenario.Scripts.end;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receiveUntilBodyEnds;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.script.Script;
import org.junit.jupiter.api.Test;

/**
 * How a server answers, and what becomes of the connection then: the rules {@code wire.response}, {@code wire.expect} and {@code
 * wire.connection} of WIRE.md.
 */
public abstract class WireExchangeTck extends Tck {
    private static final String GET = "GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";
    private static final String OLD_GET = "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n";
    private static final String HEAD = "HEAD {path} HTTP/1.1\r\nHost: {host}\r\n\r\n";

    /** Content that would be a request if it stood for itself. */
    private static final String SMUGGLED = "GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n";

    private static final Script ONE_TWO_THREE =
            calls(app(respond(200, "one")), app(respond(200, "two")), app(respond(200, "three")));

    @Test
    @Requirement("wire.response.head")
    final void aResponseToHeadHasNoContent() {
        contentIsForGetAlone(app(start(200, "content-length", "5"), last("hello")));
    }

    @Test
    @Requirement("wire.response.head")
    final void aResponseToHeadHasNoChunks() {
        contentIsForGetAlone(app(start(200), more("hel"), last("lo")));
    }

    @Test
    @Requirement("wire.response.no-content")
    final void aResponseWithoutContentHasNoFraming() {
        scenario(calls(app(respond(204)), app(respond(200, "next"))))
                .write(GET)
                .expectResponse(status(204), noBody(), noHeader("content-length"), noHeader("transfer-encoding"))
                .write(GET)
                .expectResponse(status(200), body("next"), orEnd());
    }

    @Test
    @Requirement("wire.response.not-modified")
    final void aResponseThatSaysNotModifiedHasNoContent() {
        scenario(calls(app(start(304, "etag", "\"1\""), end()), app(respond(200, "next"))))
                .write(GET)
                .expectResponse(status(304), noBody())
                .write(GET)
                .expectResponse(status(200), body("next"), orEnd());
    }

    @Test
    @Requirement("wire.response.no-chunks-for-http-1-0")
    final void anOldClientGetsNoChunks() {
        scenario(app(start(200), more("hel"), last("lo")))
                .write(OLD_GET)
                .expectResponse(status(200), body("hello"), noHeader("transfer-encoding"));
    }

    @Test
    @Requirement("wire.response.date")
    final void aResponseSaysItsDate() {
        scenario(app(respond(200, ""))).write(GET).expectResponse(status(200), headerOnce("date"));
    }

    @Test
    @Requirement("wire.expect.continue")
    final void aClientThatAwaits100IsToldToGoOn() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .send("POST {path} HTTP/1.1", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .expectInterim(100)
                .write("hello")
                .expectStatus(204);
    }

    @Test
    @Requirement("wire.expect.http-1-0")
    final void anOldClientIsNotToldToGoOn() {
        scenario(app(receiveUntilBodyEnds(), respond(204)))
                .send("POST {path} HTTP/1.0", "Host: {host}", "Content-Length: 5", "Expect: 100-continue", "")
                .expectNothing()
                .write("hello")
                .expectResponse(status(204), interims())
                .expectApp(requestBody("hello"));
    }

    @Test
    @Requirement("wire.connection.pipelined")
    final void pipelinedRequestsAreAnsweredInOrder() {
        scenario(ONE_TWO_THREE)
                .write(GET + GET + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd())
                .expectResponse(status(200), body("three"), orEnd());
    }

    @Test
    @Requirement("wire.connection.unread-content")
    final void contentThatNobodyReadsIsNoRequest() {
        scenario(ONE_TWO_THREE)
                .write("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: " + SMUGGLED.length() + "\r\n\r\n"
                        + SMUGGLED + GET)
                .expectResponse(status(200), body("one"))
                .expectResponse(status(200), body("two"), orEnd());
    }

    @Test
    @Requirement("wire.connection.close")
    final void nothingIsServedAfterTheClientAskedForClosing() {
        scenario(ONE_TWO_THREE)
                .write("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n" + GET)
                .expectResponse(status(200), body("one"))
                .expectClose()
                .expectApp(called(1));
    }

    @Test
    @Requirement("wire.connection.http-1-0")
    final void theConnectionOfAnOldClientIsClosed() {
        scenario(app(start(200, "content-length", "5"), last("hello")))
                .write(OLD_GET)
                .expectResponse(status(200), body("hello"))
                .expectClose();
    }

    private void contentIsForGetAlone(Script application) {
        scenario(application)
                .write(HEAD)
                .expectResponse(status(200), noBody())
                .write(GET)
                .expectResponse(status(200), body("hello"), orEnd());
    }
}
