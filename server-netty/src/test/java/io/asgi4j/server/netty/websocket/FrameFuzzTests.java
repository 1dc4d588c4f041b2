package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets at all, where frames of a client that may compress are expected. */
class FrameFuzzTests {
    private static final byte[] HALF = {(byte) 0x80};

    /** Those of the table, cut in the middle. */
    static Stream<byte[]> conversationsOfTheTable() {
        return Conversation.all().stream().map(conversation -> ClientFrames.join(HALF, conversation.sent()));
    }

    /** The first octet says where the others are cut. */
    @MethodSource("conversationsOfTheTable")
    @FuzzTest(maxDuration = "5s")
    void theSameOctetsCutAnywhereAreTheSameMessagesOrTheSameViolation(byte[] input) {
        if (input.length < 2) {
            return;
        }
        var octets = Arrays.copyOfRange(input, 1, input.length);
        var cut = (input[0] & 0xFF) * octets.length / 256;
        assertEquals(
                outcome(octets), outcome(Arrays.copyOf(octets, cut), Arrays.copyOfRange(octets, cut, octets.length)));
    }

    private static List<List<String>> outcome(byte[]... parts) {
        try (var socket = TestSocket.compressing()) {
            socket.receive(parts);
            socket.connection.inputClosed();
            return List.of(withoutReasons(socket.events), withoutReasons(socket.sent()));
        }
    }

    /** Octets may be wrong in two ways, of which the one that is seen first gives the reason. */
    private static List<String> withoutReasons(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("^(closed? 1007).*", "$1"))
                .toList();
    }
}
