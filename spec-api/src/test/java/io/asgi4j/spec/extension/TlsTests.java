package io.asgi4j.spec.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsTests {

    @Test
    void nothingNeedsToBeKnown() {
        var tls = new Tls(null, List.of(), null, null, null, null);
        assertEquals("tls", tls.name());
    }

    @Test
    void aChainNeedsAName() {
        assertThrows(IllegalArgumentException.class, () -> new Tls(null, List.of("PEM"), null, null, 0x0304, 0x1301));
    }

    @Test
    void aNameNeedsNoChain() {
        assertEquals("CN=a", new Tls(null, List.of(), "CN=a", null, null, null).clientCertName());
    }

    @Test
    void anEmptyErrorIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Tls(null, List.of(), null, "", null, null));
    }

    @Test
    void numbersHave16Bits() {
        assertThrows(IllegalArgumentException.class, () -> new Tls(null, List.of(), null, null, 0x10000, null));
        assertThrows(IllegalArgumentException.class, () -> new Tls(null, List.of(), null, null, null, -1));
        assertEquals(0xffff, new Tls(null, List.of(), null, null, null, 0xffff).cipherSuite());
    }

    @Test
    void theChainIsNotKept() {
        var chain = new ArrayList<>(List.of("PEM"));
        var tls = new Tls(null, chain, "CN=a", null, null, null);
        chain.clear();
        assertEquals(List.of("PEM"), tls.clientCertChain());
    }

    @Test
    void theTextShowsNoCertificates() {
        assertEquals(
                "Tls[clientCertChain=1 certificates, clientCertName=CN=a, clientCertError=null, tlsVersion=0x0304, "
                        + "cipherSuite=0x1301]",
                new Tls("PEM", List.of("PEM"), "CN=a", null, 0x0304, 0x1301).toString());
    }
}
