package io.asgi4j.benchmarks.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

class MessageTests {
    @Test
    void aFrameIsMasked() {
        var frame = Message.of("Hello", false).frame();

        // RFC 6455, section 5.7
        assertEquals("818537fa213d7f9f4d5158", ByteBufUtil.hexDump(frame));
    }

    @Test
    void aCompressedMessageComesOutAgain() throws DataFormatException {
        var text = "the same words again, the same words again, the same words again";
        var frame = Message.of(text, true).frame();
        unmask(frame);
        try (var inflation = new Inflation(100)) {
            var inflated = inflation.inflate(frame, 6, frame.readableBytes() - 6);

            assertEquals(text, inflated.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void otherBytesAreAnotherMessage() {
        var message = Message.of("Hello", false);

        assertTrue(message.is(Unpooled.copiedBuffer("..Hello", StandardCharsets.UTF_8), 2, 5));
        assertFalse(message.is(Unpooled.copiedBuffer("..Hallo", StandardCharsets.UTF_8), 2, 5));
        assertFalse(message.is(Unpooled.copiedBuffer("..Hello", StandardCharsets.UTF_8), 2, 4));
    }

    private static void unmask(ByteBuf frame) {
        for (int i = 6; i < frame.readableBytes(); i++) {
            frame.setByte(i, frame.getByte(i) ^ frame.getByte(2 + (i - 6) % 4));
        }
    }
}
