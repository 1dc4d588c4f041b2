package io.asgi4j.server.netty.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestReaderTests {
    private static final int LONG = 500;
    private static final int LIMIT = 256;
    private static final Http1Settings SETTINGS = Http1Settings.of(
            Options.defaults().with(ServerOptions.MAX_REQUEST_LINE, LIMIT).with(ServerOptions.MAX_HEADER_SIZE, LIMIT));
    private static final String REQUESTS = """
        POST /a?b HTTP/1.1
        Host: one
        Content-Length: 5

        hello
        POST /c HTTP/1.1
        HOST: two
        Transfer-Encoding: chunked

        3;x=y
        abc
        10
        0123456789abcdef
        0
        X-Trailer: t

        GET /d HTTP/1.0

        """.replace("\n", "\r\n").replace("hello\r\n", "hello");

    private final Recorded recorded = new Recorded();
    private final RequestReader reader =
            new RequestReader(recorded, UnpooledByteBufAllocator.DEFAULT, Http1Settings.of(Options.defaults()));

    @Test
    void requestsInPiecesAreTheSameRequests() {
        reader.receive(bytes(REQUESTS));
        var whole = List.copyOf(recorded.all());
        var random = new SplittableRandom(7);
        for (var times = 0; times < 1_000; times++) {
            var other = new Recorded();
            var piecewise =
                    new RequestReader(other, UnpooledByteBufAllocator.DEFAULT, Http1Settings.of(Options.defaults()));
            for (var at = 0; at < REQUESTS.length(); ) {
                var end = Math.min(REQUESTS.length(), at + random.nextInt(1, 40));
                piecewise.receive(bytes(REQUESTS.substring(at, end)));
                at = end;
            }
            assertEquals(whole, other.all());
        }
    }

    /** Those of the table that are cheap to split at every octet. */
    static Stream<String> requestsOfTheTable() {
        return Wire.all().stream()
                .map(wire -> String.join("", wire.pieces()))
                .filter(request -> request.length() < LONG);
    }

    @ParameterizedTest
    @MethodSource("requestsOfTheTable")
    void everySplitGivesTheSameEvents(String request) {
        var whole = eventsOf(request);
        for (var i = 1; i < request.length(); i++) {
            assertEquals(whole, eventsOf(request.substring(0, i), request.substring(i)), "split at " + i);
        }
        assertEquals(whole, eventsOf(request.split("")), "octet by octet");
    }

    /** A line just short enough or just too long, whose end has its CR or lacks it: the first of a request, a field, a trailer. */
    static Stream<String> linesAboutTheirLimits() {
        return IntStream.rangeClosed(LIMIT - 2, LIMIT + 2)
                .boxed()
                .flatMap(size -> Stream.of("\r\n", "\n")
                        .flatMap(end ->
                                Stream.of(withRequestLine(size, end), withFields(size, end), withTrailers(size, end))));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("linesAboutTheirLimits")
    void aLineAboutItsLimitIsJudgedTheSameHoweverItIsCut(String request) {
        everySplitGivesTheSameEvents(request);
    }

    @Test
    void whatIsOneOctetLongerThanItsLimitIsRefused() {
        assertEquals("414", eventsOf(withRequestLine(LIMIT + 1, "\r\n")).getLast());
        assertEquals("431 GET /", eventsOf(withFields(LIMIT + 1, "\r\n")).getLast());
        assertEquals("431", eventsOf(withTrailers(LIMIT + 1, "\r\n")).getLast());
    }

    @Test
    void whatIsAsLongAsItsLimitIsTaken() {
        assertTrue(eventsOf(withRequestLine(LIMIT, "\r\n")).getLast().endsWith("[host: a]"));
        assertTrue(eventsOf(withFields(LIMIT, "\r\n")).getLast().endsWith("a]"));
        assertTrue(eventsOf(withTrailers(LIMIT, "\r\n")).getLast().startsWith("end [x: a"));
    }

    private static String withRequestLine(int size, String end) {
        return padded("GET /", " HTTP/1.1", size) + end + "Host: a\r\n\r\n";
    }

    /** The end of the last line does not count. */
    private static String withFields(int size, String end) {
        return "GET / HTTP/1.1\r\n" + padded("Host: a\r\nX: ", "", size) + end + "\r\n";
    }

    private static String withTrailers(int size, String end) {
        var fields = "Host: a\r\nTransfer-Encoding: chunked\r\n";
        return "POST / HTTP/1.1\r\n" + fields + "\r\n0\r\n" + padded("X: ", "", size - fields.length()) + end + "\r\n";
    }

    private static String padded(String before, String behind, int size) {
        return before + "a".repeat(size - before.length() - behind.length()) + behind;
    }

    private static List<String> eventsOf(String... pieces) {
        var recorded = new Recorded();
        var reader = new RequestReader(recorded, UnpooledByteBufAllocator.DEFAULT, SETTINGS);
        recorded.ending = reader;
        for (var piece : pieces) {
            reader.receive(bytes(piece));
        }
        reader.end().release();
        return recorded.all();
    }

    @Test
    void aHeldReaderReadsNothingUntilItIsReleased() {
        reader.hold();
        reader.receive(bytes(REQUESTS));
        assertEquals(List.of(), recorded.all());
        assertEquals(REQUESTS.length(), reader.buffered());

        reader.release();
        assertEquals(0, reader.buffered());
        assertEquals("end {}", recorded.all().get(2));
    }

    @Test
    void aReaderThatIsHeldFromWithinStopsThere() {
        recorded.holding = reader;
        reader.receive(bytes(REQUESTS));

        assertEquals(1, recorded.all().size());
        assertTrue(reader.buffered() > 0);
        reader.end().release();
    }

    @Test
    void whatWasNotReadIsHandedOverAtTheEnd() {
        recorded.holding = reader;
        reader.receive(bytes("GET /x HTTP/1.1\r\nHost: a\r\n\r\nand more"));

        var rest = reader.end();
        assertEquals("and more", rest.toString(StandardCharsets.US_ASCII));
        rest.release();
    }

    @Test
    void namesComeInLowerCaseAndValuesAsTheyWere() {
        reader.receive(bytes("GET / HTTP/1.1\r\nX-Name: \tA b\u00e9 \r\nx-NAME:\r\n\r\n"));

        var fields = recorded.heads.getFirst().fields();
        assertEquals(List.of("A b\u00e9", ""), fields.all("x-name"));
        assertEquals("A b\u00e9", fields.first("X-Name"));
        assertEquals("x-name", fields.get(1).name());
        assertFalse(fields.contains("x-nam"));
    }

    @Test
    void anEmptyLineAloneIsNotTheBeginOfARequest() {
        reader.receive(bytes("\r\n"));
        assertFalse(reader.isWithinHead());

        reader.receive(bytes("G"));
        assertTrue(reader.isWithinHead());
        reader.end().release();
    }

    @Test
    void aRefusedRequestIsKnownByItsRequestLine() {
        reader.receive(bytes("GET /x HTTP/1.1\r\nno field\r\n"));

        assertEquals(List.of("400 GET /x"), recorded.all());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /** Writes down what it is told, parts of one body as one. */
    private static final class Recorded implements RequestReader.Listener {
        private final List<String> events = new ArrayList<>();
        private final List<RequestHead> heads = new ArrayList<>();
        private final StringBuilder body = new StringBuilder();
        private @Nullable RequestReader holding;
        private @Nullable RequestReader ending;

        List<String> all() {
            return events;
        }

        @Override
        public BodyFraming head(RequestHead head) {
            heads.add(head);
            events.add(head.method() + " " + head.target() + " " + head.version() + " " + head.fields());
            if (holding != null) {
                holding.hold();
            }
            return RequestCheck.framing(head);
        }

        @Override
        public void body(ByteBuf in, int count) {
            body.append(in.readCharSequence(count, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void bodyEnd(Fields trailers) {
            events.add(body.toString());
            events.add("end " + (trailers.size() == 0 ? "{}" : trailers));
            body.setLength(0);
        }

        @Override
        public void violation(Violation violation, @Nullable RequestHead requestLine) {
            events.add(violation.status()
                    + (requestLine == null ? "" : " " + requestLine.method() + " " + requestLine.target()));
            if (ending != null) {
                ending.end().release();
            }
        }
    }
}
