package io.asgi4j.tck.wire;

import static io.asgi4j.tck.wire.Anomaly.Kind.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponseReaderTests {
    private static final Octets WITH_LENGTH = Octets.latin1("""
        HTTP/1.1 103 Early Hints\r
        Link: </a>; rel=preload\r
        \r
        HTTP/1.1 200 OK\r
        X-B: 2\r
        x-a:   1 \r
        X-B: \r
        Content-Length: 5\r
        \r
        hello\
        """);

    private static final Octets CHUNKED = Octets.latin1("""
        HTTP/1.1 200 Fine by me\r
        Transfer-Encoding: chunked\r
        \r
        5;a=b\r
        hello\r
        0C\r
         wide\r
        world\r
        0\r
        X-Sum: 17\r
        \r
        """);

    private static final Octets UNTIL_CLOSE = Octets.latin1("HTTP/1.0 200 \r\nX: y\r\n\r\nall of it\r\n");

    private static Response read(Inbox inbox, String method) {
        return new ResponseReader(inbox, Limits.DEFAULT, method).end();
    }

    private static Response read(Ending ending, String... parts) {
        return read(Pieces.inbox(ending, Octets.latin1(String.join("", parts))), "GET");
    }

    private static List<Anomaly.Kind> kinds(Response response) {
        return response.anomalies().stream().map(Anomaly::kind).toList();
    }

    @Test
    void fieldsKeepTheirOrderAndTheirBytes() {
        var response = read(Pieces.inbox(Ending.OPEN, WITH_LENGTH), "GET");
        assertEquals(200, response.status());
        assertEquals("OK", response.statusLine().reason());
        assertEquals("1.1", response.statusLine().version());
        assertEquals(
                "X-B: 2\nx-a:   1 \nX-B: \nContent-Length: 5", response.fields().toString());
        assertEquals(List.of("2", ""), response.fields().all("x-b"));
        assertEquals("1", response.fields().first("X-A").orElseThrow());
        assertEquals("hello", response.body().toLatin1());
        assertTrue(response.isClean());
    }

    @Test
    void interimResponsesAreKept() {
        var response = read(Pieces.inbox(Ending.OPEN, WITH_LENGTH), "GET");
        assertEquals(1, response.interims().size());
        assertEquals(103, response.interims().getFirst().status());
        assertEquals(
                "</a>; rel=preload",
                response.interims().getFirst().fields().first("link").orElseThrow());
    }

    @Test
    void chunksKeepTheirBoundariesAndExtensions() {
        var response = read(Pieces.inbox(Ending.OPEN, CHUNKED), "GET");
        assertEquals(Framing.CHUNKED, response.framing());
        assertEquals("hello wide\r\nworld", response.body().toLatin1());
        assertEquals(
                List.of(5L, 12L, 0L),
                response.chunks().stream().map(Chunk::size).toList());
        assertEquals(";a=b", response.chunks().getFirst().extension());
        assertEquals(" wide\r\nworld", response.chunks().get(1).data().toLatin1());
        assertEquals("17", response.trailers().first("x-sum").orElseThrow());
        assertTrue(response.isClean());
    }

    @Test
    void aBodyMayEndWithTheConnection() {
        var response = read(Pieces.inbox(Ending.ORDERLY, UNTIL_CLOSE), "GET");
        assertEquals(Framing.UNTIL_CLOSE, response.framing());
        assertEquals("all of it\r\n", response.body().toLatin1());
        assertEquals(Ending.ORDERLY, response.ending());
        assertTrue(response.isClean());
    }

    @Test
    void itMakesNoDifferenceHowTheBytesAreCut() {
        for (var octets : List.of(WITH_LENGTH, CHUNKED, UNTIL_CLOSE)) {
            var whole = read(Pieces.inbox(Ending.ORDERLY, octets), "GET");
            assertEquals(whole, read(Pieces.oneByOne(octets, Ending.ORDERLY), "GET"));
            for (var offset = 0; offset <= octets.size(); offset++) {
                assertEquals(whole, read(Pieces.cut(octets, offset, Ending.ORDERLY), "GET"), "cut at " + offset);
            }
        }
    }

    @Test
    void anEndBeforeTheEndIsNoticedEverywhere() {
        for (var octets : List.of(WITH_LENGTH, CHUNKED)) {
            for (var size = 1; size < octets.size(); size++) {
                for (var ending : List.of(Ending.ORDERLY, Ending.RESET)) {
                    var response = read(Pieces.inbox(ending, octets.first(size)), "GET");
                    assertFalse(response.isComplete(), "after " + size);
                    assertEquals(ending, response.ending());
                    assertTrue(response.has(PREMATURE_END) || response.has(NO_RESPONSE), size + ": " + response);
                }
            }
        }
    }

    @Test
    void aPauseThatIsTooLongIsNoticedEverywhere() {
        for (var octets : List.of(WITH_LENGTH, CHUNKED, UNTIL_CLOSE)) {
            for (var size = 0; size < octets.size(); size++) {
                var response = read(Pieces.inbox(Ending.OPEN, octets.first(size)), "GET");
                assertFalse(response.isComplete());
                assertEquals(List.of(TIMED_OUT), kinds(response), "after " + size);
            }
        }
    }

    @Test
    void whatCameBeforeTheEndIsKept() {
        var response = read(Ending.RESET, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
        assertEquals("hello", response.body().toLatin1());
        assertEquals(List.of(PREMATURE_END), kinds(response));
        var chunked = read(Ending.ORDERLY, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhello");
        assertEquals("hello", chunked.body().toLatin1());
        assertFalse(chunked.chunks().getFirst().isComplete());
    }

    @Test
    void noResponseAtAllIsNoticed() {
        var response = read(Ending.ORDERLY);
        assertEquals(0, response.status());
        assertEquals(List.of(NO_RESPONSE), kinds(response));
    }

    @Test
    void aBodyThatEndsWithAResetIsNotComplete() {
        var response = read(Pieces.inbox(Ending.RESET, UNTIL_CLOSE), "GET");
        assertFalse(response.isComplete());
        assertEquals(List.of(PREMATURE_END), kinds(response));
    }

    @Test
    void anAnswerToHeadHasNoBody() {
        var inbox = Pieces.inbox(
                Ending.OPEN,
                Octets.latin1("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"));
        assertTrue(read(inbox, "HEAD").isClean());
        assertEquals(204, read(inbox, "GET").status());
    }

    @Test
    void bytesBehindTheEndAreNoticed() {
        var inbox = Pieces.inbox(
                Ending.OPEN,
                Octets.latin1("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 204 No Content\r\n\r\n"));
        assertEquals(List.of(BYTES_AFTER_END), kinds(read(inbox, "HEAD")));
        var next = read(inbox, "GET");
        assertEquals(204, next.status());
        assertEquals(List.of(BYTES_BEFORE_START), kinds(next));
        assertEquals(
                "BYTES_BEFORE_START: \"hello\"", next.anomalies().getFirst().toString());
    }

    @Test
    void aWholeBodyInAnAnswerToHeadIsSkipped() {
        var inbox = Pieces.inbox(
                Ending.OPEN,
                Octets.latin1("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Octets.latin1("5\r\nhello\r\n0\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"));
        read(inbox, "HEAD");
        var next = read(inbox, "GET");
        assertEquals(204, next.status());
        assertEquals(List.of(BYTES_BEFORE_START), kinds(next));
    }

    @Test
    void somethingElseThanHttpIsNoticed() {
        var response = read(Ending.ORDERLY, "SSH-2.0-OpenSSH\r\n");
        assertEquals(List.of(MALFORMED_STATUS_LINE), kinds(response));
        assertEquals(0, response.status());
    }

    @Test
    void malformedStatusLinesAreNoticedAndReadAsFarAsPossible() {
        var withoutReason = read(Ending.ORDERLY, "HTTP/1.1 204\r\n\r\n");
        assertEquals(204, withoutReason.status());
        assertEquals(List.of(MALFORMED_STATUS_LINE), kinds(withoutReason));
        assertTrue(read(Ending.ORDERLY, "HTTP/1.1 2O4 X\r\n\r\n").has(MALFORMED_STATUS_LINE));
    }

    @Test
    void malformedFieldsAreNoticed() {
        for (var line : List.of("no colon", "X Y: z", "X : z", ": z", "X: a\u0000b", "X: a\rb")) {
            var response = read(Ending.ORDERLY, "HTTP/1.1 204 No\r\n" + line + "\r\n\r\n");
            assertEquals(List.of(MALFORMED_FIELD), kinds(response), line);
            assertEquals(line, response.fields().list().getFirst().line().toLatin1());
        }
    }

    @Test
    void foldedFieldsAreNoticed() {
        var response = read(Ending.ORDERLY, "HTTP/1.1 204 No\r\nX: a\r\n b\r\n\r\n");
        assertEquals(FOLDED_FIELD, kinds(response).getFirst());
        assertEquals(1, response.fields().size());
    }

    @Test
    void bareLineFeedsAreNoticed() {
        var response = read(Ending.ORDERLY, "HTTP/1.1 200 OK\nContent-Length: 1\n\nx");
        assertEquals("x", response.body().toLatin1());
        assertEquals(List.of(BARE_LINE_FEED, BARE_LINE_FEED, BARE_LINE_FEED), kinds(response));
    }

    @Test
    void bothFramingsAreNoticed() {
        var response = read(
                Ending.OPEN, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        assertEquals(List.of(BOTH_FRAMINGS), kinds(response));
        assertTrue(response.isComplete());
    }

    @Test
    void malformedLengthsAreNoticed() {
        for (var length : List.of("abc", "-1", "+1", "1, 2", "", "1 1", "9999999999999999999")) {
            var response = read(Ending.ORDERLY, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nx");
            assertEquals(List.of(MALFORMED_CONTENT_LENGTH), kinds(response), length);
        }
        var repeated = read(Ending.ORDERLY, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
        assertEquals(List.of(REPEATED_CONTENT_LENGTH), kinds(repeated));
    }

    @Test
    void unknownCodingsAreNoticed() {
        for (var coding : List.of("gzip", "chunked, chunked", "chunked, gzip", "xchunked", "")) {
            var response =
                    read(Ending.ORDERLY, "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
            assertEquals(List.of(UNKNOWN_TRANSFER_ENCODING), kinds(response), coding);
        }
    }

    @Test
    void framingWhereNoneMayBeIsNoticed() {
        assertEquals(
                List.of(FORBIDDEN_FRAMING), kinds(read(Ending.OPEN, "HTTP/1.1 204 No\r\nContent-Length: 0\r\n\r\n")));
        assertEquals(
                List.of(FORBIDDEN_FRAMING),
                kinds(read(
                        Ending.OPEN,
                        "HTTP/1.1 100 C\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "HTTP/1.1 304 Same\r\n"
                                + "Content-Length: 3\r\n\r\n")));
    }

    @Test
    void malformedChunksAreNoticed() {
        for (var chunk : List.of(
                "x\r\n",
                "\r\n",
                "-1\r\n",
                "0x5\r\nhello\r\n",
                "5\r\nhelloX\r\n",
                "5\r\nhello!",
                "1234567890123456\r\n")) {
            var response = read(Ending.ORDERLY, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk);
            assertEquals(List.of(MALFORMED_CHUNK), kinds(response), chunk);
            assertFalse(response.isComplete());
        }
    }

    @Test
    void everythingHasALimit() {
        var small =
                new Limits(Limits.DEFAULT.within(), Limits.DEFAULT.quiet(), Limits.DEFAULT.transfer(), 100, 100, 3, 3);
        var start = "HTTP/1.1 200 OK\r\n";
        for (var text : List.of(
                "HTTP/1.1 200 " + "x".repeat(200),
                start + "X: y\r\n".repeat(100),
                start + "Content-Length: 101\r\n\r\n" + "x".repeat(101),
                start + "\r\n" + "x".repeat(101),
                start + "Transfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(101),
                start + "Transfer-Encoding: chunked\r\n\r\n1;" + "x".repeat(101),
                start + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "X: y\r\n".repeat(100),
                "HTTP/1.1 102 More\r\n\r\n".repeat(4))) {
            var inbox = Pieces.inbox(Ending.ORDERLY, Octets.latin1(text));
            var response = new ResponseReader(inbox, small, "GET").end();
            assertEquals(List.of(TOO_LARGE), kinds(response), text);
            assertFalse(response.isComplete());
        }
    }

    @Test
    void aResponseCanBeWatchedWhileItComes() {
        var reader = new ResponseReader(Pieces.oneByOne(CHUNKED, Ending.OPEN), Limits.DEFAULT, "GET");
        var head = reader.head();
        assertEquals(200, head.status());
        assertTrue(head.body().isEmpty());
        var begun = reader.body(3);
        assertEquals("hel", begun.body().toLatin1());
        assertFalse(begun.isComplete());
        assertTrue(reader.end().isComplete());
        assertEquals("hel", begun.body().toLatin1());
    }

    @Test
    void pipelinedResponsesAreReadOneAfterTheOther() {
        var inbox = Pieces.inbox(Ending.OPEN, Octets.concat(WITH_LENGTH, CHUNKED, WITH_LENGTH));
        var bodies = IntStream.range(0, 3).mapToObj(i -> read(inbox, "GET")).toList();
        assertTrue(bodies.stream().allMatch(Response::isClean), bodies.toString());
    }

    @Test
    void anUpgradeLeavesTheRestAlone() {
        var inbox = Pieces.inbox(
                Ending.OPEN,
                Octets.latin1("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\u0001x"));
        assertTrue(read(inbox, "GET").isClean());
        assertEquals(3, inbox.available());
    }
}
