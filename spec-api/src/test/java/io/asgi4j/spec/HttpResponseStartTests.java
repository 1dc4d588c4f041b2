package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpResponseStartTests {

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 404, 599, 600, 999})
    void aFinalStatusIsTaken(int status) {
        assertEquals(status, new HttpResponseStart(status).status());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 100, 101, 103, 199, 1000})
    void aStatusThatIsNotFinalIsRefused(int status) {
        assertThrows(IllegalArgumentException.class, () -> new HttpResponseStart(status));
    }

    @Test
    void headersAndTrailersMayBeLeftOut() {
        assertEquals(new HttpResponseStart(200, Headers.empty(), false), new HttpResponseStart(200));
        assertEquals(
                new HttpResponseStart(200, Headers.of("a", "1"), false),
                new HttpResponseStart(200, Headers.of("a", "1")));
    }

    @Test
    void theTextShowsStatusAndHeaders() {
        assertEquals(
                "HttpResponseStart[status=200, headers=[a: 1], trailers=false]",
                new HttpResponseStart(200, Headers.of("a", "1")).toString());
    }
}
