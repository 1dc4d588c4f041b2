package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.options.Options;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets at all, where requests are expected. */
class RequestFuzzTests {
    private static final Http1Settings SETTINGS = Http1Settings.of(Options.defaults());

    /** Those of the table, cut in the middle. */
    static Stream<byte[]> requestsOfTheTable() {
        return Wire.all().stream()
                .map(wire -> ("\u0080" + String.join("", wire.pieces())).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The first octet says where the others are cut. */
    @MethodSource("requestsOfTheTable")
    @FuzzTest(maxDuration = "5s")
    void theSameOctetsCutAnywhereAreTheSameRequestsOrTheSameViolation(byte[] input) {
        if (input.length < 2) {
            return;
        }
        var octets = Arrays.copyOfRange(input, 1, input.length);
        var cut = (input[0] & 0xFF) * octets.length / 256;
        assertEquals(
                eventsOf(octets), eventsOf(Arrays.copyOf(octets, cut), Arrays.copyOfRange(octets, cut, octets.length)));
    }

    private static List<String> eventsOf(byte[]... pieces) {
        var recorded = new Recorded();
        var reader = new RequestReader(recorded, UnpooledByteBufAllocator.DEFAULT, SETTINGS);
        recorded.reader = reader;
        for (var piece : pieces) {
            reader.receive(Unpooled.copiedBuffer(piece));
        }
        recorded.events.add(reader.isWithinHead() ? "within a head" : "left " + reader.left());
        reader.end().release();
        return recorded.events;
    }

    private static final class Recorded implements RequestReader.Listener {
        private final List<String> events = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private @Nullable RequestReader reader;

        @Override
        public BodyFraming head(RequestHead head) {
            events.add(head.method() + " " + RequestCheck.target(head) + " " + head.version() + " " + head.fields());
            return RequestCheck.framing(head);
        }

        @Override
        public void body(ByteBuf in, int count) {
            body.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void bodyEnd(Fields trailers) {
            events.add(body + " " + trailers);
            body.setLength(0);
        }

        @Override
        public void violation(Violation violation, @Nullable RequestHead requestLine) {
            events.add(body + violation.toString());
            if (reader != null) {
                reader.end().release();
            }
        }
    }
}
