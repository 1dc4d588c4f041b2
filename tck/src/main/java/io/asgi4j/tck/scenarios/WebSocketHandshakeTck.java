package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.absent;
import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.called;
import static io.asgi4j.tck.scenario.Matchers.clientError;
import static io.asgi4j.tck.scenario.Matchers.closeFrame;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.headersInOrder;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.noHeader;
import static io.asgi4j.tck.scenario.Matchers.notCalled;
import static io.asgi4j.tck.scenario.Matchers.nowhere;
import static io.asgi4j.tck.scenario.Matchers.raised;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.requestHeader;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.scope;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.text;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.accept;
import static io.asgi4j.tck.scenario.Scripts.acceptWith;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.close;
import static io.asgi4j.tck.scenario.Scripts.connectAndAccept;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.headers;
import static io.asgi4j.tck.scenario.Scripts.join;
import static io.asgi4j.tck.scenario.Scripts.raise;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.receiveUntil;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.sendText;
import static io.asgi4j.tck.scenario.Scripts.unreached;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.wire.Frame;
import org.junit.jupiter.api.Test;

/** How a WebSocket is opened, or denied. */
@Needs(Feature.WEBSOCKET)
public abstract class WebSocketHandshakeTck extends Tck {
    @Test
    @Requirement("websocket.scope.like-http")
    final void theScopeOfAWebSocketIsFilledLikeThatOfARequest() {
        scenario(app(receive(), close()))
                .handshake("/caf%C3%A9?a=1&b=%20", "X-Twice: 1", "X-Twice: 2")
                .expectStatus(403)
                .expectApp(
                        scope("type", "websocket"),
                        scope("http_version", "1.1"),
                        scope("path", "{path}/café"),
                        scope("raw_path", bytes("{path}/caf%C3%A9")),
                        scope("query_string", bytes("a=1&b=%20")),
                        scope("method", absent()),
                        requestHeader("x-twice", "1", "2"),
                        requestHeader("host", "{host}"));
    }

    @Test
    @Requirement("websocket.scope.like-http")
    final void theScopeOfAWebSocketNamesBothEnds() {
        scenario(app(receive(), close()))
                .handshake()
                .expectStatus(403)
                .expectApp(
                        scope("client", Value.list(Value.of("{client_host}"), Value.of("{client_port}"))),
                        scope("server", Value.list(Value.of("{server_host}"), Value.of("{server_port}"))));
    }

    @Test
    @Requirement({"websocket.scope.like-http", "http.scope.path-malformed"})
    final void aMalformedPathIsAnsweredByTheServer() {
        scenario(unreached())
                .handshake("/%zz")
                .about("http.scope.path-malformed")
                .expectStatus(400)
                .expectApp(notCalled());
    }

    @Test
    @Requirement("websocket.scope.scheme")
    final void theSchemeOfAPlainWebSocketIsWs() {
        scenario(app(receive(), close())).handshake().expectStatus(403).expectApp(scope("scheme", "ws"));
    }

    @Test
    @Requirement("websocket.scope.subprotocols")
    final void offeredSubprotocolsAreInTheScopeInOrder() {
        scenario(app(receive(), close()))
                .handshakeOffering("chat.v2", "chat.v1", "mqtt")
                .expectStatus(403)
                .expectApp(
                        scope("subprotocols", Value.list(Value.of("chat.v2"), Value.of("chat.v1"), Value.of("mqtt"))));
    }

    @Test
    @Requirement("websocket.scope.subprotocols")
    final void subprotocolsInSeveralFieldsAreOneList() {
        scenario(app(receive(), close()))
                .handshake("", "Sec-WebSocket-Protocol: a, b", "Sec-WebSocket-Protocol: c")
                .expectStatus(403)
                .expectApp(scope("subprotocols", Value.list(Value.of("a"), Value.of("b"), Value.of("c"))));
    }

    @Test
    @Requirement("websocket.scope.subprotocols")
    final void withoutOfferedSubprotocolsTheListIsEmpty() {
        scenario(app(receive(), close())).handshake().expectStatus(403).expectApp(scope("subprotocols", Value.list()));
    }

    @Test
    @Requirement({"websocket.handshake.waits", "websocket.handshake.connect-first"})
    final void theHandshakeWaitsForTheApplication() {
        scenario(app(receive(), await("go"), accept()))
                .handshake()
                .awaitApp("received:websocket.connect")
                .expectNothing()
                .signal("go")
                .expectOpening()
                .expectApp(inOrder(received("websocket.connect"), sent("websocket.accept")));
    }

    @Test
    @Requirement("websocket.handshake.connect-first")
    final void theFirstEventIsConnectEvenAfterTheAccept() {
        scenario(app(accept(), receive(), receive(), close()))
                .openWebSocket()
                .sendText("hello")
                .expectWebSocketClose(closeFrame(1000))
                .expectApp(inOrder(
                        sent("websocket.accept"),
                        received("websocket.connect"),
                        received("websocket.receive").with("text", "hello")));
    }

    @Test
    @Requirement("websocket.handshake.answer-without-receive")
    final void anApplicationMayAcceptWithoutReceiving() {
        scenario(app(accept(), sendText("hello")))
                .openWebSocket()
                .expectMessage(text("hello"))
                .expectApp(returned());
    }

    @Test
    @Requirement("websocket.handshake.answer-without-receive")
    final void anApplicationMayDenyWithoutReceiving() {
        scenario(app(close())).handshake().expectStatus(403).expectApp(returned());
    }

    @Test
    @Requirement({"websocket.handshake.answered-before-messages", "websocket.handshake.second-receive-blocks"})
    final void aMessageThatComesBeforeTheAcceptWaitsForIt() {
        scenario(app(receive(), fork("reader", receive()), await("go"), close()))
                .handshake()
                .sendFrames(Frame.text("early"))
                .about("websocket.handshake.second-receive-blocks")
                .expectAppQuietAfter("received:websocket.connect")
                .about("websocket.handshake.answered-before-messages")
                .signal("go")
                .expectApp(no("websocket.receive"));
    }

    @Test
    @Requirement({"websocket.handshake.early-frames-kept", "websocket.handshake.second-receive-blocks"})
    final void aMessageThatComesBeforeTheAcceptIsDeliveredAfterIt() {
        scenario(app(receive(), fork("reader", receive()), await("go"), accept(), join("reader")))
                .handshake()
                .sendFrames(Frame.text("early"))
                .expectAppQuietAfter("received:websocket.connect")
                .signal("go")
                .expectOpening()
                .expectApp(inOrder(
                        entry(Kind.SIGNALLED),
                        received("websocket.receive").with("text", "early").inFork("reader")));
    }

    @Test
    @Requirement({"websocket.handshake.second-receive-blocks", "websocket.handshake.waits"})
    final void oneThreadWaitsForMessagesWhileAnotherAccepts() {
        scenario(app(receive(), fork("reader", receive()), await("go"), accept(), join("reader"), sendText("done")))
                .handshake()
                .awaitApp("received:websocket.connect")
                .expectNothing()
                .signal("go")
                .expectOpening()
                .sendText("hello")
                .expectMessage(text("done"))
                .expectApp(received("websocket.receive").with("text", "hello").inFork("reader"));
    }

    @Test
    @Requirement("websocket.handshake.accept-fields")
    final void fieldsOfTheAcceptAreSentInTheirOrder() {
        scenario(app(receive(), acceptWith("x-a", "1", "x-b", "2", "x-a", "caf\u00e9", "set-cookie", "c=d")))
                .handshake()
                .expectOpening(
                        headersInOrder("x-a", "1", "x-b", "2", "x-a", "caf\u00e9", "set-cookie", "c=d"),
                        header("x-a", "1", "caf\u00e9"))
                .expectApp(sent("websocket.accept"));
    }

    @Test
    @Requirement("websocket.handshake.accept-fields-owned")
    final void fieldsThatTheHandshakeDefinesAreIgnored() {
        scenario(app(
                        receive(),
                        acceptWith(
                                "connection", "close",
                                "upgrade", "h2c",
                                "sec-websocket-accept", "forged",
                                "sec-websocket-extensions", "forged",
                                "content-length", "5",
                                "transfer-encoding", "chunked",
                                "x-kept", "1"),
                        sendText("hello")))
                .handshake()
                .expectOpening(
                        noHeader("content-length"),
                        noHeader("transfer-encoding"),
                        noHeader("sec-websocket-extensions"),
                        header("x-kept", "1"))
                .expectMessage(text("hello"))
                .expectApp(sent("websocket.accept"));
    }

    @Test
    @Requirement("websocket.handshake.accept-without-protocol-field")
    final void theSubprotocolCannotBeSmuggledInAsAField() {
        scenario(app(receive(), acceptWith("sec-websocket-protocol", "b").tolerant(), accept("a")))
                .handshakeOffering("a", "b")
                .expectOpening(header("sec-websocket-protocol", "a"))
                .expectApp(inOrder(refused("websocket.accept"), sent("websocket.accept")));
    }

    @Test
    @Requirement("websocket.handshake.subprotocol")
    final void theChosenSubprotocolIsSent() {
        scenario(app(receive(), accept("b")))
                .handshakeOffering("a", "b")
                .expectOpening(header("sec-websocket-protocol", "b"))
                .expectApp(sent("websocket.accept"));
    }

    @Test
    @Requirement("websocket.handshake.subprotocol")
    final void withoutAChosenSubprotocolNoneIsSent() {
        scenario(app(receive(), accept()))
                .handshakeOffering("a", "b")
                .expectOpening(noHeader("sec-websocket-protocol"))
                .expectApp(sent("websocket.accept"));
    }

    @Test
    @Requirement("websocket.handshake.subprotocol-offered")
    final void aSubprotocolThatWasNotOfferedIsRefused() {
        scenario(app(receive(), accept("c").tolerant(), accept("a")))
                .handshakeOffering("a", "b")
                .expectOpening(header("sec-websocket-protocol", "a"))
                .expectApp(inOrder(refused("websocket.accept"), sent("websocket.accept")));
    }

    @Test
    @Requirement({
        "websocket.handshake.denied",
        "websocket.handshake.denied-disconnect",
        "websocket.close.disconnect-always"
    })
    final void aCloseBeforeTheAcceptIsA403() {
        scenario(app(receive(), close(), receive()))
                .handshake()
                .about("websocket.handshake.denied")
                .expectStatus(403)
                .about("websocket.close.disconnect-always")
                .expectApp(inOrder(sent("websocket.close"), received("websocket.disconnect")))
                .about("websocket.handshake.denied-disconnect")
                .expectApp(received("websocket.disconnect").with("code", 1006).with("reason", ""));
    }

    @Test
    @Requirement({"websocket.handshake.denied", "websocket.handshake.denied-disconnect"})
    final void codeAndReasonOfACloseBeforeTheAcceptAreLost() {
        scenario(app(receive(), close(4001, "go away"), receive()))
                .handshake()
                .about("websocket.handshake.denied")
                .expectStatus(403)
                .about("websocket.handshake.denied-disconnect")
                .expectApp(received("websocket.disconnect").with("code", 1006).with("reason", ""));
    }

    @Test
    @Requirement("websocket.handshake.unanswered")
    final void aCallThatReturnsBeforeItAnsweredIsA500() {
        scenario(app(receive())).handshake().expectStatus(500).expectApp(returned());
    }

    @Test
    @Requirement("websocket.handshake.unanswered")
    final void aCallThatThrowsBeforeItAnsweredIsA500() {
        scenario(app(receive(), raise("secret of the application")))
                .handshake()
                .expectResponse(status(500), nowhere("secret"))
                .expectApp(raised());
    }

    @Test
    @Requirement({"core.events.illegal-exception", "websocket.handshake.unanswered"})
    final void aMessageBeforeTheAcceptIsRefused() {
        scenario(app(receive(), sendText("too early")))
                .handshake()
                .expectStatus(500)
                .expectApp(refused("websocket.send"), raised());
    }

    @Test
    @Requirement("core.events.illegal-exception")
    final void aSecondAcceptIsRefused() {
        scenario(app(connectAndAccept(), accept().tolerant(), sendText("still here")))
                .openWebSocket()
                .expectMessage(text("still here"))
                .expectApp(inOrder(sent("websocket.accept"), refused("websocket.accept"), sent("websocket.send")));
    }

    @Test
    @Requirement({
        "websocket.handshake.denied-disconnect",
        "websocket.handshake.accept-after-gone",
        "websocket.close.disconnect-always"
    })
    final void aClientThatLeavesBeforeTheAnswerIsADisconnect() {
        scenario(app(receiveUntil("websocket.disconnect"), accept().tolerant()))
                .handshake()
                .awaitApp("received:websocket.connect")
                .close()
                .about("websocket.close.disconnect-always")
                .expectApp(received("websocket.disconnect"))
                .about("websocket.handshake.denied-disconnect")
                .expectApp(received("websocket.disconnect").with("code", 1006).with("reason", ""))
                .about("websocket.handshake.accept-after-gone")
                .expectApp(sendFailed("websocket.accept").clientGone(), no(sent("websocket.accept")));
    }

    @Test
    @Requirement("websocket.handshake.version")
    final void anotherVersionIsAnsweredBy426() {
        scenario(unreached())
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 11",
                        "")
                .expectResponse(status(426), header("sec-websocket-version", "13"))
                .expectApp(notCalled());
    }

    @Test
    @Requirement("websocket.handshake.validated")
    final void aHandshakeWithoutKeyIsAnsweredByTheServer() {
        scenario(unreached())
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "")
                .expectStatus(400, 405, 426)
                .expectApp(notCalled());
    }

    @Test
    @Requirement("websocket.handshake.validated")
    final void aHandshakeWithAShortKeyIsAnsweredByTheServer() {
        scenario(unreached())
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: c2hvcnQ=",
                        "Sec-WebSocket-Version: 13",
                        "")
                .expectStatus(400, 405, 426)
                .expectApp(notCalled());
    }

    @Test
    @Requirement("websocket.handshake.validated")
    final void aHandshakeByPostIsAnsweredByTheServer() {
        scenario(unreached())
                .send(
                        "POST {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "Content-Length: 0",
                        "")
                .expectResponse(clientError(), status(400, 405, 426))
                .expectApp(notCalled());
    }

    @Test
    @Requirement("websocket.handshake.validated")
    final void anUpgradeInHttp10IsIgnored() {
        scenario(app(respond(200, "plain")))
                .send(
                        "GET {path} HTTP/1.0",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "")
                .expectResponse(status(200), body("plain"))
                .expectApp(called(1), scope("type", "http"));
    }

    @Test
    @Requirement("http.connection.unknown-upgrade-ignored")
    final void anUpgradeThatConnectionDoesNotNameIsIgnored() {
        scenario(app(respond(200, "plain")))
                .send(
                        "GET {path} HTTP/1.1",
                        "Host: {host}",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13",
                        "")
                .expectResponse(status(200), body("plain"))
                .expectApp(called(1), scope("type", "http"));
    }

    // the denial response

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement({"extension.denial.response", "extension.denial.disconnect", "websocket.handshake.denied-disconnect"})
    final void aDenialResponseIsSentInsteadOfTheHandshake() {
        scenario(app(receive(), deny(404, "content-length", "7", "x-why", "gone"), denial("no such", false), receive()))
                .handshake()
                .about("extension.denial.response")
                .expectResponse(status(404), header("x-why", "gone"), body("no such"))
                .about("extension.denial.disconnect")
                .expectApp(inOrder(sent("websocket.http.response.body"), received("websocket.disconnect")))
                .about("websocket.handshake.denied-disconnect")
                .expectApp(received("websocket.disconnect").with("code", 1006).with("reason", ""));
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement({"extension.denial.response", "extension.denial.like-http"})
    final void aDenialResponseMayHaveSeveralBodies() {
        scenario(app(receive(), deny(401), denial("one ", true), denial("two ", true), denial("three", false)))
                .handshake()
                .expectResponse(status(401), body("one two three"))
                .expectApp(returned());
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement("extension.denial.like-http")
    final void aDenialResponseThatEndsTooEarlyIsTruncated() {
        scenario(app(receive(), deny(404, "content-length", "10"), denial("part", true)))
                .handshake()
                .expectResponse(status(404), truncated())
                .expectCloseAfterAnything()
                .expectApp(returned());
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement({"extension.denial.instead", "core.events.illegal-exception"})
    final void onlyBodiesFollowTheStartOfADenialResponse() {
        scenario(app(
                        receive(),
                        deny(404),
                        deny(404).tolerant(),
                        accept().tolerant(),
                        sendText("no").tolerant(),
                        close().tolerant(),
                        denial("denied", false)))
                .handshake()
                .expectResponse(status(404), body("denied"))
                .expectApp(
                        refused("websocket.http.response.start"),
                        refused("websocket.accept"),
                        refused("websocket.send"),
                        refused("websocket.close"),
                        returned());
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement("core.events.illegal-exception")
    final void aDenialResponseCannotFollowTheAccept() {
        scenario(app(connectAndAccept(), deny(404).tolerant(), sendText("still here")))
                .openWebSocket()
                .expectMessage(text("still here"))
                .expectApp(refused("websocket.http.response.start"));
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement("core.events.illegal-exception")
    final void aBodyCannotBeginADenialResponse() {
        scenario(app(receive(), denial("too early", false).tolerant(), close()))
                .handshake()
                .expectStatus(403)
                .expectApp(inOrder(refused("websocket.http.response.body"), sent("websocket.close")));
    }

    @Test
    @Needs(Feature.WEBSOCKET_DENIAL)
    @Requirement("extension.denial.status")
    final void aDenialResponseDoesNotSaySuccess() {
        scenario(app(
                        receive(),
                        deny(200).tolerant(),
                        deny(101).tolerant(),
                        deny(299).tolerant(),
                        deny(300),
                        denial("", false)))
                .handshake()
                .expectStatus(300)
                .expectApp(
                        refused("websocket.http.response.start").with("status", 200),
                        refused("websocket.http.response.start").with("status", 101),
                        refused("websocket.http.response.start").with("status", 299),
                        sent("websocket.http.response.start").with("status", 300));
    }

    private static Steps deny(int status, String... namesAndValues) {
        return send(
                event("websocket.http.response.start").with("status", status).with("headers", headers(namesAndValues)));
    }

    private static Steps denial(String body, boolean more) {
        return send(
                event("websocket.http.response.body").with("body", bytes(body)).with("more_body", more));
    }
}
