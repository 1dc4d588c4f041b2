package io.asgi4j.server.netty.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** What a client puts on the wire, right or wrong. */
public final class ClientFrames {
    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;
    private static final int KEY = 0x9A3C_05E1;

    private ClientFrames() {}

    public static byte[] text(String text) {
        return frame(FIN | Opcode.TEXT, utf8(text));
    }

    public static byte[] binary(byte[] payload) {
        return frame(FIN | Opcode.BINARY, payload);
    }

    public static byte[] ping(String payload) {
        return frame(FIN | Opcode.PING, utf8(payload));
    }

    public static byte[] close() {
        return frame(FIN | Opcode.CLOSE, new byte[0]);
    }

    public static byte[] close(int code, String reason) {
        byte[] text = utf8(reason);
        return frame(
                FIN | Opcode.CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    public static byte[] frame(int flagsAndOpcode, byte[] payload) {
        return frame(flagsAndOpcode, payload, KEY);
    }

    public static byte[] frame(int flagsAndOpcode, byte[] payload, int key) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= (byte) (key >>> (24 - 8 * (i % 4)));
        }
        return join(header(flagsAndOpcode, payload.length, key), masked);
    }

    /** The header of a masked frame, which may promise what never comes. */
    public static byte[] header(int flagsAndOpcode, long length, int key) {
        var header = ByteBuffer.allocate(14).put((byte) flagsAndOpcode);
        if (length < 126) {
            header.put((byte) (0x80 | length));
        } else if (length < 65536) {
            header.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            header.put((byte) (0x80 | 127)).putLong(length);
        }
        return Arrays.copyOf(header.putInt(key).array(), header.position());
    }

    /** A message as permessage-deflate wants it, by a compressor that may remember earlier ones. */
    public static byte[] deflate(Deflater deflater, byte[] message) {
        if (message.length == 0) {
            return new byte[1]; // RFC 7692 section 7.2.3.6
        }
        deflater.setInput(message);
        var compressed = new byte[message.length + 1024];
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(compressed, length - 4);
    }

    public static byte[] join(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
