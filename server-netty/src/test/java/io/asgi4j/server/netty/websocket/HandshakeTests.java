package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.spec.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's half of the opening handshake (RFC 6455 section 4.2). */
class HandshakeTests {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final Headers REQUEST = Headers.of(
            "host",
            "localhost",
            "connection",
            "Upgrade",
            "upgrade",
            "websocket",
            "sec-websocket-key",
            KEY,
            "sec-websocket-version",
            "13");

    private static Handshake.Offer offer(Headers headers) {
        return assertInstanceOf(Handshake.Offer.class, Handshake.ofUpgrade("GET", headers));
    }

    private static Handshake.Refusal refusal(int status, Headers headers) {
        var refusal = assertInstanceOf(Handshake.Refusal.class, Handshake.ofUpgrade("GET", headers));
        assertEquals(status, refusal.status());
        return refusal;
    }

    @Test
    void anUpgradeIsRequestedByTwoFieldsInHttp11() {
        assertTrue(Handshake.isRequested("1.1", REQUEST));
        assertTrue(
                Handshake.isRequested("1.1", Headers.of("connection", "keep-alive, UPGRADE", "upgrade", "WebSocket")));
        assertTrue(Handshake.isRequested(
                "1.1", Headers.of("connection", "keep-alive", "connection", "upgrade", "upgrade", "h2c, websocket")));
        assertFalse(Handshake.isRequested("1.0", REQUEST));
        assertFalse(Handshake.isRequested("1.1", REQUEST.without("connection")));
        assertFalse(Handshake.isRequested("1.1", REQUEST.without("upgrade")));
        assertFalse(Handshake.isRequested("1.1", REQUEST.replace("upgrade", "websockets")));
        assertFalse(Handshake.isRequested("1.1", REQUEST.replace("connection", "upgraded")));
    }

    @Test
    void theExampleOfTheRfcIsAccepted() {
        assertEquals(
                Headers.of(
                        "upgrade",
                        "websocket",
                        "connection",
                        "Upgrade",
                        "sec-websocket-accept",
                        "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
                offer(REQUEST).accept(null, null, Headers.empty()));
    }

    @Test
    void theAnswerNamesWhatWasChosenAndTheApplicationsFieldsInTheirOrder() {
        var answer = offer(REQUEST)
                .accept(
                        "chat",
                        new PerMessageDeflate(true, true, false),
                        Headers.of("x-b", "1", "x-a", "2", "x-b", "3"));
        assertEquals(List.of("chat"), answer.all("sec-websocket-protocol"));
        assertEquals(List.of("permessage-deflate"), answer.all("sec-websocket-extensions"));
        assertEquals(List.of("1", "3"), answer.all("x-b"));
        assertEquals("x-b", answer.get(answer.size() - 1).name());
    }

    @Test
    void theApplicationCannotSetTheFieldsOfTheHandshake() {
        var answer = offer(REQUEST)
                .accept(
                        null,
                        null,
                        Headers.of(
                                "connection",
                                "close",
                                "upgrade",
                                "h2c",
                                "sec-websocket-accept",
                                "x",
                                "sec-websocket-extensions",
                                "x",
                                "sec-websocket-protocol",
                                "x",
                                "content-length",
                                "5",
                                "transfer-encoding",
                                "chunked"));
        assertEquals(offer(REQUEST).accept(null, null, Headers.empty()), answer);
    }

    @Test
    void aMethodOtherThanGetIsRefused() {
        var refusal = assertInstanceOf(Handshake.Refusal.class, Handshake.ofUpgrade("POST", REQUEST));
        assertEquals(405, refusal.status());
        assertEquals("GET", refusal.headers().first("allow"));
    }

    @Test
    void aBodyIsRefused() {
        refusal(400, REQUEST.with("content-length", "1"));
        refusal(400, REQUEST.with("transfer-encoding", "chunked"));
        offer(REQUEST.with("content-length", "0"));
    }

    @Test
    void aKeyMustBeGivenOnce() {
        refusal(400, REQUEST.without("sec-websocket-key"));
        refusal(400, REQUEST.with("sec-websocket-key", KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25j",
                "c2hvcnQ=",
                "dGhlIHNhbXBsZSBub25jZXh4",
                "dGhl IHNhbXBsZSBub25jZQ=",
                "dGhlIHNhbXBsZSBub25jZ_==",
                "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ=="
            })
    void aKeyMustHold16OctetsInBase64(String key) {
        refusal(400, REQUEST.replace("sec-websocket-key", key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "12", "14", "13, 8", "013", "x", ""})
    void aVersionOtherThan13IsToldWhichOneToUse(String version) {
        var refusal = refusal(426, REQUEST.replace("sec-websocket-version", version));
        assertEquals("13", refusal.headers().first("sec-websocket-version"));
        assertEquals("websocket", refusal.headers().first("upgrade"));
    }

    @Test
    void aVersionMustBeGivenOnce() {
        refusal(426, REQUEST.without("sec-websocket-version"));
        refusal(400, REQUEST.with("sec-websocket-version", "13"));
    }

    @Test
    void subprotocolsAreListedInOrderOverAllFields() {
        assertEquals(List.of(), offer(REQUEST).subprotocols());
        assertEquals(
                List.of("b", "a", "C", "v1.x"),
                offer(REQUEST.with("sec-websocket-protocol", "b, a,,C").with("sec-websocket-protocol", "v1.x"))
                        .subprotocols());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a, b c", "a; b", "\"a\"", "a, a", "caf\u00E9"})
    void malformedSubprotocolsAreRefused(String value) {
        refusal(400, REQUEST.with("sec-websocket-protocol", value));
    }

    @Test
    void theSameSubprotocolInTwoFieldsIsRefused() {
        refusal(400, REQUEST.with("sec-websocket-protocol", "a").with("sec-websocket-protocol", "a"));
    }

    @Test
    void extensionsAreParsedWithTheirParameters() {
        assertEquals(
                List.of(
                        new ExtensionOffer(
                                "a",
                                List.of(
                                        new ExtensionOffer.Parameter("x", null),
                                        new ExtensionOffer.Parameter("y", "1"),
                                        new ExtensionOffer.Parameter("z", "q"))),
                        new ExtensionOffer("b", List.of()),
                        new ExtensionOffer("c", List.of(new ExtensionOffer.Parameter("d", "15")))),
                offer(REQUEST.with("sec-websocket-extensions", "a ; x;y=1 ;\tz = \"q\", b ,")
                                .with("sec-websocket-extensions", ", c;d=\"1\\5\""))
                        .extensions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;",
                "a b",
                ";",
                "a;=1",
                "a;b=",
                "a;b=\"",
                "a;b=\"\"",
                "a;b=\"x y\"",
                "a;b=\"x\"y",
                "a;b=\"x\\",
                "=",
                "a,b;"
            })
    void malformedExtensionsAreRefused(String value) {
        refusal(400, REQUEST.with("sec-websocket-extensions", value));
    }

    @Test
    void anUnknownExtensionIsIgnored() {
        var offer = offer(REQUEST.with("sec-websocket-extensions", "x-webkit-deflate-frame, bbf-usp-protocol; a=b"));
        assertNull(PerMessageDeflate.negotiate(offer.extensions(), WebSocketConfig.DEFAULT));
    }

    @Test
    void anExtendedConnectNeedsNoKeyAndGetsNoUpgradeFields() {
        var headers = Headers.of("sec-websocket-version", "13", "sec-websocket-protocol", "a, b");
        var offer = assertInstanceOf(Handshake.Offer.class, Handshake.ofConnect(headers));
        assertEquals(List.of("a", "b"), offer.subprotocols());
        assertEquals(
                Headers.of("sec-websocket-protocol", "b", "sec-websocket-extensions", "permessage-deflate"),
                offer.accept("b", new PerMessageDeflate(true, true, false), Headers.empty()));
    }
}
