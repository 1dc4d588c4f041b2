package io.asgi4j.tck.mutant;

import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that get messages of WebSockets wrong. */
final class WebSocketMessagesMutantTests extends MutantTests {
    /** What UTF-8 would be if it could hold one half of a pair. */
    private static final Octets SURROGATE = Octets.hex("eda080");

    @Test
    @Breaks(
            value = {"websocket.messages.kind-kept", "websocket.messages.empty"},
            shows = "WebSocketMessagesTck.messagesAreSentInTheirKind")
    void aServerThatSendsEmptyTextAsBinaryIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(frame -> List.of(
                frame.opcode() == Frame.TEXT && frame.length() == 0 ? frame.withOpcode(Frame.BINARY) : frame))));
    }

    @Test
    @Breaks({"websocket.messages.one-of-two", "websocket.messages.empty"})
    void aServerThatDeliversEmptyTextAsBytesIsCaught() throws Exception {
        kill(Mutant.ofReceived(event -> event instanceof WebSocketReceive message && "".equals(message.text())
                ? WebSocketReceive.bytes(new byte[0])
                : event));
    }

    @Test
    @Breaks("websocket.messages.whole")
    void aServerThatDeliversFragmentsOfBytesIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> new Rewrite() {
            private boolean isWithinBytes;

            @Override
            public List<Frame> frame(Frame frame) {
                var isFragment = isWithinBytes && frame.opcode() == Frame.CONTINUATION
                        || frame.opcode() == Frame.BINARY && !frame.fin();
                isWithinBytes = isFragment && !frame.fin();
                return List.of(isFragment ? Frame.binary(frame.payload()) : frame);
            }
        }));
    }

    @Test
    @Breaks(
            value = "websocket.messages.order",
            also = "WebSocketMessagesTck.messagesAreSentInTheirKind",
            shows = "WebSocketMessagesTck.messagesKeepTheirOrder")
    void aServerThatSendsBytesAheadOfTextIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> new Rewrite() {
            private final List<Frame> text = new ArrayList<>();

            @Override
            public List<Frame> frame(Frame frame) {
                if (frame.opcode() == Frame.TEXT && text.isEmpty()) {
                    text.add(frame);
                    return List.of();
                }
                var frames = new ArrayList<>(text);
                frames.add(frame.opcode() == Frame.BINARY ? 0 : frames.size(), frame);
                text.clear();
                return frames;
            }
        }));
    }

    @Test
    @Breaks("websocket.messages.pending-first")
    void aServerThatDropsWhatWaitsWhenTheClientLeavesIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> () -> {
            var event = receive.receive();
            return event instanceof WebSocketReceive
                            && scope instanceof WebSocketScope socket
                            && socket.connection().disconnected().await(Duration.ofMillis(30))
                    ? receive.receive()
                    : event;
        }));
    }

    @Test
    @Breaks("websocket.messages.size-limited")
    void aServerThatAllowsOneByteTooManyIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> server.start(
                application,
                options.count(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE).isPresent()
                        ? StartOptions.DEFAULT.with(
                                StartOption.WEBSOCKET_MAX_MESSAGE_SIZE,
                                options.count(StartOption.WEBSOCKET_MAX_MESSAGE_SIZE)
                                                .getAsInt()
                                        + 1)
                        : options)));
    }

    @Test
    @Breaks("websocket.messages.text-validated")
    void aServerThatTakesSurrogatesForTextIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> Rewrite.ofFrames(
                frame -> List.of(frame.payload().last(3).equals(SURROGATE) ? Frame.text("h?") : frame))));
    }

    @Test
    @Breaks("websocket.messages.protocol-validated")
    void aServerThatReadsFramesWithoutMaskIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire ->
                Rewrite.ofFrames(frame -> List.of(frame.isMasked() ? frame : frame.withMask(Frame.USUAL_MASK)))));
    }

    @Test
    @Breaks("websocket.messages.never-partial")
    void aServerThatDeliversAMessageThatWasCutOffIsCaught() throws Exception {
        kill(Mutant.ofRequests(wire -> new Rewrite() {
            private boolean isWithinMessage;

            @Override
            public List<Frame> frame(Frame frame) {
                isWithinMessage = !frame.fin();
                return List.of(frame);
            }

            @Override
            public String end() {
                return isWithinMessage
                        ? Frame.continuation(Octets.EMPTY).encode().toLatin1()
                        : "";
            }
        }));
    }

    @Test
    @Breaks("websocket.messages.text-encoded")
    void aServerThatSendsSurrogatesAsTheyAreIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofFrames(frame -> List.of(
                frame.opcode() == Frame.TEXT && frame.payload().equals(Octets.utf8("half a ? pair"))
                        ? Frame.text(Octets.concat(Octets.utf8("half a "), SURROGATE, Octets.utf8(" pair")))
                                .withoutMask()
                        : frame))));
    }
}
