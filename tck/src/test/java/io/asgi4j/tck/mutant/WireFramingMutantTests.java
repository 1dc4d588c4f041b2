package io.asgi4j.tck.mutant;

import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Servers that see the end of a request where it is not. */
final class WireFramingMutantTests extends MutantTests {
    @Test
    @Breaks("wire.framing.none")
    void aServerThatReadsOneByteTooManyIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.startsWith("POST ")
                        && Head.field(head, "content-length").isEmpty()
                        && Head.field(head, "transfer-encoding").isEmpty()
                ? Head.with(head, "Content-Length: 1")
                : head));
    }

    @Test
    @Breaks("wire.framing.any-method")
    void aServerThatKnowsNoContentOfGetIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.startsWith("GET ") ? Head.without(head, "content-length") : head));
    }

    @Test
    @Breaks("wire.framing.length")
    void aServerThatReadsALengthWithASignIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Content-Length: +5", "Content-Length: 5")));
    }

    @Test
    @Breaks("wire.framing.lengths-differ")
    void aServerThatTakesTheFirstLengthIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(
                head -> head.replace("Content-Length: 5\r\nContent-Length: 6", "Content-Length: 5")));
    }

    @Test
    @Breaks("wire.framing.length-overflow")
    void aServerThatKeepsThirtyTwoBitsOfALengthIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Content-Length: 4294967301", "Content-Length: 5")));
    }

    @Test
    @Breaks("wire.framing.coding")
    void aServerThatIgnoresUnknownCodingsIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Transfer-Encoding: xchunked\r\n", "")));
    }

    @Test
    @Breaks("wire.framing.both")
    void aServerThatForgetsTheLengthBesideChunksIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.isChunked(head) ? Head.without(head, "content-length") : head));
    }

    @Test
    @Breaks("wire.framing.coding-of-http-1-0")
    void aServerThatTakesChunksOfAnOldClientIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> Head.isChunked(head) ? head.replace(" HTTP/1.0", " HTTP/1.1") : head));
    }

    @Test
    @Breaks(
            value = "wire.framing.incomplete",
            also = {"wire.framing.length-overflow", "wire.chunks.size", "wire.chunks.size-overflow", "wire.chunks.end"})
    void aServerThatTakesTheEndOfTheConnectionForThatOfTheContentIsCaught() throws Exception {
        kill(Mutant.ofReceived(
                event -> event instanceof HttpDisconnect ? new HttpRequest(ByteBuffer.allocate(0), false) : event));
    }

    @Test
    @Breaks("wire.chunks.size")
    void aServerThatReadsASizeInTheFormOfCIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.replace("0x5\r\n", "5\r\n"))));
    }

    @Test
    @Breaks("wire.chunks.size-overflow")
    void aServerThatKeepsThirtyTwoBitsOfASizeIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.replace("100000005\r\n", "5\r\n"))));
    }

    @Test
    @Breaks("wire.chunks.end")
    void aServerThatSkipsTwoBytesBehindAChunkIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.replace("XX", "\r\n"))));
    }

    @Test
    @Breaks("wire.chunks.extensions")
    void aServerThatKnowsNoExtensionsIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.replace(";a;", "x"))));
    }

    @Test
    @Breaks("wire.chunks.trailers")
    void aServerThatTakesTrailersForARequestIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofBodies(piece -> piece.replace("X-A: one\r\n", "\r\nX-A: one\r\n"))));
    }
}
