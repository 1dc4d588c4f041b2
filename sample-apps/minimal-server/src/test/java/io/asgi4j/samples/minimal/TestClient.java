package io.asgi4j.samples.minimal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends literal bytes and reads what comes. */
final class TestClient implements AutoCloseable {
    static final int LIMIT_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;

    TestClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(LIMIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    TestClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    TestClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    TestClient endSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads up to the text and returns everything up to it, or up to the end of the connection. */
    String readUntil(String end) throws IOException {
        var read = new ByteArrayOutputStream();
        for (var next = in.read(); next >= 0; next = in.read()) {
            read.write(next);
            if (read.toString(ISO_8859_1).endsWith(end)) {
                break;
            }
        }
        return read.toString(ISO_8859_1);
    }

    String readHead() throws IOException {
        return readUntil("\r\n\r\n");
    }

    String readToEnd() throws IOException {
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    String read(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), ISO_8859_1);
    }

    /** Sends a masked frame, whose first byte is given whole. */
    TestClient frame(int first, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(0x80 | payload.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        var mask = new byte[] {1, 2, 3, 4};
        frame.writeBytes(mask);
        for (var i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i % 4]);
        }
        return send(frame.toByteArray());
    }

    TestClient frame(int first, String payload) throws IOException {
        return frame(first, payload.getBytes(ISO_8859_1));
    }

    /** A frame of the server, as its opcode and its payload: {@code 1 hello}. */
    String readFrame() throws IOException {
        var first = in.readUnsignedByte();
        var length = in.readUnsignedByte();
        var payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
        return (first & 0x0f) == Frames.CLOSE && payload.length >= 2
                ? "8 " + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff))
                        + new String(payload, 2, payload.length - 2, ISO_8859_1)
                : (first & 0x0f) + " " + new String(payload, ISO_8859_1);
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
