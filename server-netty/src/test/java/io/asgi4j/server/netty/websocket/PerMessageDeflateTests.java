package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The negotiation of permessage-deflate (RFC 7692 section 7.1). */
class PerMessageDeflateTests {
    private static @Nullable PerMessageDeflate negotiate(String... fields) {
        var offers = ExtensionOffer.parse(List.of(fields));
        assertNotNull(offers);
        return PerMessageDeflate.negotiate(offers, WebSocketConfig.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        permessage-deflate > permessage-deflate
        permessage-deflate; client_max_window_bits > permessage-deflate
        permessage-deflate; client_max_window_bits=8 > permessage-deflate
        permessage-deflate; client_max_window_bits=\\"10\\" > permessage-deflate
        permessage-deflate; server_no_context_takeover > permessage-deflate; server_no_context_takeover
        permessage-deflate; client_no_context_takeover > permessage-deflate; client_no_context_takeover
        permessage-deflate; server_max_window_bits=15 > permessage-deflate; server_max_window_bits=15
        x, permessage-deflate > permessage-deflate
        permessage-deflate; server_max_window_bits=10, permessage-deflate > permessage-deflate
        permessage-deflate; x, permessage-deflate; client_no_context_takeover > permessage-deflate; client_no_context_takeover
        """)
    void theFirstOfferThatCanBeKeptIsAccepted(String offered, String answer) {
        var agreed = negotiate(offered.replace("\\", ""));
        assertNotNull(agreed);
        assertEquals(answer, agreed.fieldValue());
    }

    @Test
    void bothSidesMayForgetAndTheWindowBeNamed() {
        var agreed = negotiate("permessage-deflate; client_no_context_takeover; server_max_window_bits=\"15\";"
                + " server_no_context_takeover");
        assertEquals(new PerMessageDeflate(false, false, true), agreed);
        assertNotNull(agreed);
        assertEquals(
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=15",
                agreed.fieldValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server_max_window_bits",
                "server_max_window_bits=7",
                "server_max_window_bits=8",
                "server_max_window_bits=14",
                "server_max_window_bits=16",
                "server_max_window_bits=015",
                "server_max_window_bits=x",
                "client_max_window_bits=7",
                "client_max_window_bits=16",
                "client_max_window_bits=08",
                "client_max_window_bits=x",
                "server_no_context_takeover=1",
                "client_no_context_takeover=1",
                "server_no_context_takeover; server_no_context_takeover",
                "client_max_window_bits; client_max_window_bits=10",
                "unknown",
                "unknown=1"
            })
    void anOfferThatIsInvalidOrCannotBeKeptIsDeclined(String parameters) {
        assertNull(negotiate("permessage-deflate; " + parameters));
        assertNotNull(negotiate("permessage-deflate; " + parameters, "permessage-deflate"));
    }

    @Test
    void everyOfferIsDeclinedWhenCompressionIsOff() {
        var off = new WebSocketConfig(1024, Duration.ZERO, Duration.ofSeconds(1), 100, Duration.ofSeconds(1), false, 6);
        var offers = ExtensionOffer.parse(List.of("permessage-deflate"));
        assertNotNull(offers);
        assertNull(PerMessageDeflate.negotiate(offers, off));
    }
}
