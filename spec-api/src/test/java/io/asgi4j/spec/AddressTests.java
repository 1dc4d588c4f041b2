package io.asgi4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AddressTests {

    @Test
    void aTcpAddressLooksAsInAUri() {
        assertEquals("127.0.0.1:8000", new TcpAddress("127.0.0.1", 8000).toString());
        assertEquals("[::1]:8000", new TcpAddress("::1", 8000).toString());
    }

    @Test
    void aPortHas16Bits() {
        assertEquals(0, new TcpAddress("127.0.0.1", 0).port());
        assertEquals(65535, new TcpAddress("127.0.0.1", 65535).port());
        assertThrows(IllegalArgumentException.class, () -> new TcpAddress("127.0.0.1", -1));
        assertThrows(IllegalArgumentException.class, () -> new TcpAddress("127.0.0.1", 65536));
    }

    @Test
    void anEmptyHostIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TcpAddress("", 8000));
    }

    @Test
    void aUnixAddressShowsItsPath() {
        assertEquals("unix:/run/a.sock", new UnixAddress("/run/a.sock").toString());
    }

    @Test
    void anUnnamedUnixAddressHasAnEmptyPath() {
        assertEquals("", new UnixAddress("").path());
    }

    @Test
    void aVersionHasTwoParts() {
        assertThrows(IllegalArgumentException.class, () -> new AsgiVersion("", "2.5"));
        assertThrows(IllegalArgumentException.class, () -> new AsgiVersion("3.0", ""));
        assertEquals("2.0", AsgiVersion.LIFESPAN.specVersion());
    }
}
