package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.wire.http2.FieldSection;
import io.asgi4j.tck.wire.http2.Http2Client;
import io.asgi4j.tck.wire.http2.Http2Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Http2ClientTests {
    private static final Octets PREFACE = Octets.latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final Octets SETTINGS = Octets.hex("000000 04 00 00000000");
    /** RFC 7541, C.6.1 begins so: {@code :status: 302} and {@code cache-control: private}, Huffman coded, which stay in the table. */
    private static final Octets CODED = Octets.hex("4882 6402 5885 aec3 771a 4b");

    @Test
    void aConnectionBeginsByThePrefaceAndSettings() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    assertEquals(PREFACE, peer.read(PREFACE.size()));
                    assertEquals(SETTINGS, peer.read(SETTINGS.size()));
                });
                var client = server.connect()) {
            Http2Client.begin(client);
            client.awaitClose();
        }
    }

    @Test
    void fieldsAreWrittenAsLiteralsHoweverForbidden() {
        assertEquals(
                Octets.concat(Octets.hex("00 0a"), Octets.latin1("Connection"), Octets.hex("02 0a00")),
                FieldSection.encode(List.of(FieldSection.field("Connection", "\n\0"))));
    }

    @Test
    void aLongValueHasItsLengthInSeveralBytes() {
        var section = FieldSection.encode(List.of(FieldSection.field("a", "x".repeat(1337))));

        assertEquals(Octets.hex("00 01 61 7f ba09 78"), section.first(7));
    }

    @Test
    void aCodedResponseIsReadFromTheTableToo() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(SETTINGS);
                    peer.write(Http2Frame.headers(1, CODED, true).encode());
                    peer.write(Http2Frame.headers(3, Octets.hex("bf be"), true).encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            var http2 = Http2Client.begin(client);
            for (var stream : List.of(3, 1)) {
                var response = http2.response(stream);
                assertTrue(response.isClean(), response::toString);
                assertEquals(302, response.status());
                assertEquals(List.of("private"), response.fields().all("cache-control"));
            }
        }
    }

    @Test
    void aFieldSectionMayGoOnInAnotherFrame() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(new Http2Frame(Http2Frame.HEADERS, Http2Frame.END_STREAM, 1, CODED.first(3)).encode());
                    peer.write(
                            new Http2Frame(Http2Frame.CONTINUATION, Http2Frame.END_HEADERS, 1, CODED.from(3)).encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            var response = Http2Client.begin(client).response(1);

            assertTrue(response.isClean(), response::toString);
            assertEquals(302, response.status());
        }
    }

    @Test
    void contentOfSeveralStreamsIsKeptApart() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(Http2Frame.headers(1, Octets.hex("88"), false).encode());
                    peer.write(Http2Frame.headers(3, Octets.hex("88"), false).encode());
                    peer.write(Http2Frame.data(1, Octets.latin1("one"), false).encode());
                    peer.write(Http2Frame.data(3, Octets.latin1("three"), true).encode());
                    peer.write(Http2Frame.data(1, Octets.latin1("!"), true).encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            var http2 = Http2Client.begin(client);

            assertEquals("one!", http2.response(1).body().toLatin1());
            assertEquals("three", http2.response(3).body().toLatin1());
        }
    }

    @Test
    void paddingIsNoContent() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(Http2Frame.headers(1, Octets.hex("88"), false).encode());
                    peer.write(new Http2Frame(
                                    Http2Frame.DATA,
                                    Http2Frame.PADDED | Http2Frame.END_STREAM,
                                    1,
                                    Octets.hex("02 6869 0000"))
                            .encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            assertEquals("hi", Http2Client.begin(client).response(1).body().toLatin1());
        }
    }

    @Test
    void aResetStreamIsAResponseCutShort() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(Http2Frame.headers(1, Octets.hex("88"), false).encode());
                    peer.write(new Http2Frame(Http2Frame.RST_STREAM, 0, 1, Octets.hex("00000002")).encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            var response = Http2Client.begin(client).response(1);

            assertFalse(response.isComplete());
            assertTrue(response.has(Anomaly.Kind.PREMATURE_END), response::toString);
        }
    }

    @Test
    void aFrameThatIsTooLongEndsTheReading() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(Octets.hex("004001 00 01 00000001"));
                    peer.readToEnd();
                });
                var client = server.connect()) {
            assertEquals(0, Http2Client.begin(client).response(1).status());
            assertTrue(client.transcript().render().contains("too long"), client.transcript()::render);
        }
    }

    @Test
    void theTranscriptTellsFramesInWords() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.write(Http2Frame.headers(1, CODED, true).encode());
                    peer.readToEnd();
                });
                var client = server.connect()) {
            Http2Client.begin(client).response(1);
            var told = client.transcript().render();

            assertTrue(told.contains("c1 > SETTINGS\n"), told);
            assertTrue(
                    told.contains("c1 < HEADERS on stream 1: :status: 302 | cache-control: private, ends the stream\n"),
                    told);
        }
    }
}
