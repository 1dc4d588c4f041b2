package io.asgi4j.tck.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RuleTests {
    @Test
    void aRuleOfAsgiBindsEveryServer() {
        assertTrue(rule(Origin.ASGI, "").binds(false, "2.0"));
        assertTrue(rule(Origin.ASGI, "").binds(true, "2.5"));
    }

    @Test
    void aRuleOfOurOwnBindsServersOnOurTypes() {
        assertTrue(rule(Origin.ASGI4J, "").binds(true, "2.5"));
        assertFalse(rule(Origin.ASGI4J, "").binds(false, "2.5"));
    }

    @Test
    void aServerIsNotHeldToWhatCameAfterTheVersionThatItAnnounces() {
        assertFalse(rule(Origin.ASGI, "2.4").binds(false, "2.3"));
        assertTrue(rule(Origin.ASGI, "2.4").binds(false, "2.4"));
        assertTrue(rule(Origin.ASGI, "2.4").binds(false, "2.10"));
        assertTrue(rule(Origin.ASGI, "2.4").binds(false, "3"));
    }

    @Test
    void whatAnRfcSaysBindsEveryServer() {
        assertTrue(rule(Origin.RFC, "9112, 3.2").binds(false, "2.0"));
        assertTrue(rule(Origin.RFC, "9112, 3.2").binds(true, "2.5"));
    }

    @Test
    void theSourceNamesTheVersionThatBroughtTheRule() {
        assertEquals("asgi 2.4", rule(Origin.ASGI, "2.4").source());
        assertEquals("asgi4j", rule(Origin.ASGI4J, "").source());
        assertEquals("RFC 9112, 3.2", rule(Origin.RFC, "9112, 3.2").source());
    }

    private static Rule rule(Origin origin, String reference) {
        return new Rule(
                "some.rule", "Rules", "A server MUST be kind.", Level.MUST, Bound.SERVER, origin, reference, "1.0", "");
    }
}
