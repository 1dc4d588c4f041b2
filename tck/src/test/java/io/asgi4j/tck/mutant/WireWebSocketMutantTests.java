package io.asgi4j.tck.mutant;

import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that open WebSockets which they should not, or take frames which they should not. */
final class WireWebSocketMutantTests extends MutantTests {
    @Test
    @Breaks("wire.handshake.accept")
    void aServerThatKnowsOneKeyIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(
                head -> Head.replace(head, "sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")));
    }

    @Test
    @Breaks("wire.handshake.extensions")
    void aServerThatUsesWhateverExtensionItLikesIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofHeads(head -> Head.field(wire.request(), "sec-websocket-extensions")
                .map(offer -> Head.with(head, "sec-websocket-extensions: x-other"))
                .orElse(head))));
    }

    @Test
    @Breaks("wire.handshake.key")
    void aServerThatDoesWithoutAKeyIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(
                head -> head.replace("X-Key: none\r\n", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")));
    }

    @Test
    @Breaks("wire.handshake.version")
    void aServerThatSpeaksAnyVersionIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Sec-WebSocket-Version: 99", "Sec-WebSocket-Version: 13")));
    }

    @Test
    @Breaks("wire.handshake.http-1-0")
    void aServerThatOpensAWebSocketInHttp10IsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1.0\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("wire.frames.unmasked")
    void aServerThatReadsFramesWithoutMaskIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire ->
                Rewrite.ofFrames(frame -> List.of(frame.isMasked() ? frame : frame.withMask(Frame.USUAL_MASK)))));
    }

    @Test
    @Breaks("wire.frames.sent-unmasked")
    void aServerThatMasksItsFramesIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(
                frame -> List.of(frame.opcode() == Frame.BINARY ? frame.withMask(Frame.USUAL_MASK) : frame))));
    }

    @Test
    @Breaks("wire.frames.reserved-bits")
    void aServerThatIgnoresReservedBitsIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofFrames(frame -> List.of(frame.withRsv(0)))));
    }

    @Test
    @Breaks("wire.frames.reserved-opcodes")
    void aServerThatTakesUnknownFramesForTextIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire ->
                Rewrite.ofFrames(frame -> List.of(frame.opcode() == 3 ? frame.withOpcode(Frame.TEXT) : frame))));
    }

    @Test
    @Breaks("wire.frames.length")
    void aServerThatTakesAHugeLengthForNoneIsCaught() throws Exception {
        kill(Mutant.ofRequests(
                wire -> Rewrite.ofFrames(frame -> List.of(frame.length() < 0 ? frame.announcing(0) : frame))));
    }

    @Test
    @Breaks("wire.frames.control-fragmented")
    void aServerThatTakesThePartOfAPingForAPingIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofFrames(
                frame -> List.of(frame.opcode() == Frame.PING ? Frame.ping(frame.payload()) : frame))));
    }

    @Test
    @Breaks("wire.frames.control-long")
    void aServerThatCutsLongPingsIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofFrames(frame ->
                List.of(frame.opcode() == Frame.PING && frame.length() > 125 ? Frame.ping(Octets.EMPTY) : frame))));
    }

    @Test
    @Breaks("wire.frames.fragments")
    void aServerThatBeginsAMessageByAContinuationIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> new Rewrite() {
            private boolean isWithin;

            @Override
            public List<Frame> frame(Frame frame) {
                var isStray = frame.opcode() == Frame.CONTINUATION && !isWithin;
                isWithin = frame.isControl() ? isWithin : !frame.fin();
                return List.of(isStray ? frame.withOpcode(Frame.TEXT) : frame);
            }
        }));
    }

    @Test
    @Breaks("wire.frames.control-between")
    void aServerThatKnowsNoPongsIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire ->
                Rewrite.ofFrames(frame -> List.of(frame.opcode() == Frame.PONG ? frame.withOpcode(11) : frame))));
    }

    @Test
    @Breaks("wire.frames.utf-8")
    void aServerThatReplacesWhatIsNotUtf8IsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofFrames(frame -> List.of(
                frame.opcode() == Frame.TEXT
                                && frame.fin()
                                && frame.payload().toUtf8().isEmpty()
                        ? Frame.text("?")
                        : frame))));
    }

    @Test
    @Breaks(value = "wire.frames.ping", also = "wire.frames.control-between")
    void aServerThatAnswersPingsByEmptyPongsIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(frame ->
                List.of(frame.opcode() == Frame.PONG ? Frame.pong(Octets.EMPTY).withoutMask() : frame))));
    }

    @Test
    @Breaks("wire.frames.close")
    void aServerThatEndsWithoutACloseFrameIsCaught() throws Exception {
        kill(Mutant.ofResponses(
                wire -> Rewrite.ofFrames(frame -> frame.opcode() == Frame.CLOSE ? List.of() : List.of(frame))));
    }
}
