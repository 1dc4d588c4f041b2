package io.asgi4j.spec.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.spec.Headers;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionEventTests {

    @Test
    void aPathToSendIsAbsolute() {
        assertThrows(IllegalArgumentException.class, () -> new HttpResponsePathSend(Path.of("pom.xml")));
        var absolute = Path.of("pom.xml").toAbsolutePath();
        assertEquals(absolute, new HttpResponsePathSend(absolute).path());
    }

    @Test
    void aRangeToSendIsNotNegative() throws Exception {
        try (var file = FileChannel.open(Path.of("pom.xml"))) {
            assertThrows(IllegalArgumentException.class, () -> new HttpResponseZeroCopySend(file, -1L, null, false));
            assertThrows(IllegalArgumentException.class, () -> new HttpResponseZeroCopySend(file, null, -1L, false));
            assertEquals(0L, new HttpResponseZeroCopySend(file, 0L, 0L, true).count());
        }
    }

    @Test
    void aFileIsSentWholeUnlessARangeIsGiven() throws Exception {
        try (var file = FileChannel.open(Path.of("pom.xml"))) {
            var event = new HttpResponseZeroCopySend(file);
            assertNull(event.offset());
            assertNull(event.count());
            assertEquals(false, event.moreBody());
        }
    }

    @Test
    void aPushedPathBeginsWithASlash() {
        assertThrows(IllegalArgumentException.class, () -> new HttpResponsePush("style.css", Headers.empty()));
        assertThrows(IllegalArgumentException.class, () -> new HttpResponsePush("", Headers.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"</a>\r\nset-cookie: x", " </a>", "</€>"})
    void aLinkThatIsNoHeaderValueIsRefused(String link) {
        assertThrows(IllegalArgumentException.class, () -> new HttpResponseEarlyHint(List.of(link)));
    }

    @Test
    void theListOfLinksIsNotKept() {
        var links = new ArrayList<>(List.of("</a>; rel=preload"));
        var event = new HttpResponseEarlyHint(links);
        links.add("bad\r\n");
        assertEquals(List.of("</a>; rel=preload"), event.links());
    }

    @Test
    void theMapOfInformationIsNotKept() {
        var info = new HashMap<String, Object>(Map.of("template", "index.html"));
        var event = new HttpResponseDebug(info);
        info.clear();
        assertEquals(Map.of("template", "index.html"), event.info());
    }

    @Test
    void trailersAreTheLastUnlessMoreFollow() {
        var trailers = Headers.of("checksum", "1");
        assertEquals(new HttpResponseTrailers(trailers, false), new HttpResponseTrailers(trailers));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101, 200, 299, 1000})
    void aStatusThatIsNoDenialIsRefused(int status) {
        assertThrows(IllegalArgumentException.class, () -> new WebSocketHttpResponseStart(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 401, 503, 999})
    void aDenialHasAStatusOfItsOwn(int status) {
        assertEquals(new WebSocketHttpResponseStart(status, Headers.empty()), new WebSocketHttpResponseStart(status));
    }
}
