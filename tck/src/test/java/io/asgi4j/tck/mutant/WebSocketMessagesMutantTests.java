package io.asgi4j.tck.mutant;

import io.asgi4j.tck.wire.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that get messages of WebSockets wrong. */
final class WebSocketMessagesMutantTests extends MutantTests {
    @Test
    @Breaks(
            value = {"websocket.messages.kind-kept", "websocket.messages.empty"},
            shows = "WebSocketMessagesTck.messagesAreSentInTheirKind")
    void aServerThatSendsEmptyTextAsBinaryIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(frame -> List.of(
                frame.opcode() == Frame.TEXT && frame.length() == 0 ? frame.withOpcode(Frame.BINARY) : frame))));
    }
}
