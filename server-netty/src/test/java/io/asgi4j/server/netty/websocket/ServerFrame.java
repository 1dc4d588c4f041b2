package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A frame the server wrote. */
record ServerFrame(boolean compressed, int opcode, byte[] payload) {
    /** Splits everything written into frames, each of which must be final, unmasked and as short as it can be. */
    static List<ServerFrame> parse(byte[] written) {
        var frames = new ArrayList<ServerFrame>();
        var in = ByteBuffer.wrap(written);
        while (in.hasRemaining()) {
            int first = in.get() & 0xFF;
            assertEquals(0x80, first & 0xB0, "a final frame without RSV2 and RSV3");
            int second = in.get() & 0xFF;
            assertTrue(second < 0x80, "an unmasked frame");
            long length = second;
            if (second == 126) {
                length = in.getShort() & 0xFFFF;
                assertTrue(length > 125, "the shortest length");
            } else if (second == 127) {
                length = in.getLong();
                assertTrue(length > 0xFFFF, "the shortest length");
            }
            var payload = new byte[(int) length];
            in.get(payload);
            frames.add(new ServerFrame((first & 0x40) != 0, first & 0x0F, payload));
        }
        return frames;
    }

    /** The frame in words, such as {@code close 1000 bye}. */
    @Override
    public String toString() {
        return switch (opcode) {
            case Opcode.TEXT -> "text " + text();
            case Opcode.BINARY -> "binary " + HexFormat.of().formatHex(payload);
            case Opcode.PING -> "ping";
            case Opcode.PONG -> "pong " + text();
            case Opcode.CLOSE ->
                payload.length == 0
                        ? "close"
                        : "close " + (ByteBuffer.wrap(payload).getShort() & 0xFFFF) + " "
                                + new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
            default -> throw new AssertionError("opcode " + opcode);
        };
    }

    String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    byte[] inflate(Inflater inflater) {
        assertTrue(compressed, "a compressed frame");
        var out = new ByteArrayOutputStream();
        var chunk = new byte[4096];
        inflater.setInput(ClientFrames.join(payload, new byte[] {0, 0, -1, -1}));
        try {
            int length;
            do {
                length = inflater.inflate(chunk);
                out.write(chunk, 0, length);
            } while (length > 0);
        } catch (DataFormatException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
