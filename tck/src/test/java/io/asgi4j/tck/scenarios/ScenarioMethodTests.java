package io.asgi4j.tck.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioMethodTests {
    @ParameterizedTest
    @CsvSource({
        "aChunkedBodyArrivesDecoded, A chunked body arrives decoded",
        "aMalformedChunkIsAnsweredBy4xx, A malformed chunk is answered by 4xx",
        "aCallThatThrowsIsA500, A call that throws is a 500",
        "theWebSocketsOfAnHTTPServer, The WebSockets of an HTTP server",
        "headIsAnsweredLikeGETWithoutABody, Head is answered like GET without a body"
    })
    void aMethodsNameIsASentence(String name, String sentence) {
        assertEquals(sentence, ScenarioMethod.sentence(name));
    }

    @Test
    void anIdIsTheNameOfTheAreaAndOfTheMethod() throws NoSuchMethodException {
        var method = HttpRequestBodyTck.class.getDeclaredMethod("aChunkedBodyArrivesDecoded");

        assertEquals("HttpRequestBodyTck.aChunkedBodyArrivesDecoded", ScenarioMethod.id(method));
    }
}
