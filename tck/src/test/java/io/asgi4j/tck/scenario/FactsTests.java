package io.asgi4j.tck.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.script.Value;
import org.junit.jupiter.api.Test;

final class FactsTests {
    @Test
    void aFactTakesThePlaceOfItsName() {
        assertEquals("GET /t/x/y HTTP/1.1", Samples.FACTS.fill("GET {path}/y HTTP/1.1"));
    }

    @Test
    void otherBracesStayAsTheyAre() {
        assertEquals("{\"a\": {}}", Samples.FACTS.fill("{\"a\": {}}"));
    }

    @Test
    void aPortThatStandsForItselfIsANumber() {
        assertEquals(Value.of(4711), Samples.FACTS.fill(Value.of("{client_port}")));
        assertEquals(Value.of("port 4711"), Samples.FACTS.fill(Value.of("port {client_port}")));
    }

    @Test
    void factsStandInBytesAndListsToo() {
        assertEquals(
                Value.list(Value.latin1("/t/x"), Value.of(true)),
                Samples.FACTS.fill(Value.list(Value.latin1("{path}"), Value.of(true))));
    }
}
