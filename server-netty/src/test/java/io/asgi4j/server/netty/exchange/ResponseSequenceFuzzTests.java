package io.asgi4j.server.netty.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any sequence of events at all, compared with the order that SPEC.md has as a regular expression. */
class ResponseSequenceFuzzTests {
    private static final String EVENTS = "sSbetT";
    private static final String LEGAL = "(s(b*(e?))|S(b*(e(t*T?)?)?))?";

    /** Whole responses, and what comes too early or too late. */
    static Stream<byte[]> responses() {
        return Stream.of("", "sbbe", "SbettT", "SeT", "se", "besS", "sTt", "sebetT", "SetTbe", "sseeSSTT")
                .map(events -> events.getBytes(StandardCharsets.US_ASCII));
    }

    /** Each octet is an event, also if it is no letter of one; those that are refused change nothing. */
    @MethodSource("responses")
    @FuzzTest(maxDuration = "5s")
    void anEventIsTakenExactlyIfTheOrderAllowsIt(byte[] events) {
        var sequence = new ResponseSequence(false);
        var taken = "";
        for (var event : events) {
            var known = EVENTS.indexOf(event);
            var letter = known >= 0 ? (char) event : EVENTS.charAt((event & 0xFF) % EVENTS.length());
            var legal = (taken + letter).matches(LEGAL);
            assertEquals(legal, isTaken(sequence, letter), taken + letter);
            taken += legal ? letter : "";
            assertEquals(!taken.isEmpty(), sequence.isStarted(), taken);
            assertEquals(taken.matches("sb*e|Sb*et*T"), sequence.isComplete(), taken);
        }
    }

    private static boolean isTaken(ResponseSequence sequence, char letter) {
        try {
            switch (letter) {
                case 's', 'S' -> {
                    var start = new HttpResponseStart(200, Headers.empty(), letter == 'S');
                    sequence.start(200, start.headers(), letter == 'S', true, start);
                }
                case 'b' -> sequence.body(1, true, HttpResponseBody.more("x"));
                case 'e' -> sequence.body(0, false, HttpResponseBody.end());
                default -> sequence.trailers(letter == 't', new HttpResponseTrailers(Headers.empty(), letter == 't'));
            }
            return true;
        } catch (IllegalEventException refused) {
            return false;
        }
    }
}
