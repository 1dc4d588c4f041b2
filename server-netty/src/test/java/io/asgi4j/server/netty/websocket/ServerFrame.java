package io.asgi4j.server.netty.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A frame the server wrote. */
public record ServerFrame(boolean compressed, int opcode, byte[] payload) {
    /** Splits everything written into frames. */
    static List<ServerFrame> parse(byte[] written) {
        var frames = new ArrayList<ServerFrame>();
        var in = new ByteArrayInputStream(written);
        try {
            while (in.available() > 0) {
                frames.add(read(in));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return frames;
    }

    /**
     * Reads one frame, which must be final, unmasked and as short as it can be.
     *
     * @throws EOFException if the stream ends before it
     */
    public static ServerFrame read(InputStream stream) throws IOException {
        var in = new DataInputStream(stream);
        int first = in.readUnsignedByte();
        assertEquals(0x80, first & 0xB0, "a final frame without RSV2 and RSV3");
        int second = in.readUnsignedByte();
        assertTrue(second < 0x80, "an unmasked frame");
        long length = second;
        if (second == 126) {
            length = in.readUnsignedShort();
            assertTrue(length > 125, "the shortest length");
        } else if (second == 127) {
            length = in.readLong();
            assertTrue(length > 0xFFFF, "the shortest length");
        }
        var payload = new byte[(int) length];
        in.readFully(payload);
        return new ServerFrame((first & 0x40) != 0, first & 0x0F, payload);
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

    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    public byte[] inflate(Inflater inflater) {
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
