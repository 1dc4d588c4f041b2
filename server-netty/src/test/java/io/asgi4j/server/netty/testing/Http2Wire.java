package io.asgi4j.server.netty.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.asgi4j.spec.Headers;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 client that writes literal frames and sees which come back, however odd. */
public final class Http2Wire implements AutoCloseable {
    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 0x1;
    public static final int ACK = 0x1;
    public static final int END_HEADERS = 0x4;

    public static final int NO_ERROR = 0;
    public static final int PROTOCOL_ERROR = 1;
    public static final int INTERNAL_ERROR = 2;
    public static final int STREAM_CLOSED = 5;
    public static final int FRAME_SIZE_ERROR = 6;
    public static final int REFUSED_STREAM = 7;
    public static final int CANCEL = 8;
    public static final int ENHANCE_YOUR_CALM = 11;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int HEADER_OCTETS = 9;

    /** A frame that came, or the end of the connection, which has the type -1. */
    public record Frame(
            int type,
            int flags,
            int stream,
            byte[] payload,
            @Nullable Http2Headers section) {
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** The error code of a frame that ends something. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }

        @Override
        public String toString() {
            return "type " + type + ", flags " + flags + ", stream " + stream + ": " + new String(payload, ISO_8859_1);
        }

        public int lastStream() {
            return ByteBuffer.wrap(payload).getInt();
        }
    }

    /** A response that came to its end. */
    public record Response(int status, Headers headers, String body, Headers trailers) {}

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);

    private Http2Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) WireClient.PATIENCE.toMillis());
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and says nothing. */
    public static Http2Wire silent(int port) throws IOException {
        return new Http2Wire(port);
    }

    /** Connects by prior knowledge, with settings as pairs of identifier and value. */
    public static Http2Wire connect(int port, int... settings) throws IOException {
        return new Http2Wire(port).preface(settings);
    }

    public Http2Wire preface(int... settings) throws IOException {
        send(PREFACE.getBytes(US_ASCII));
        return settings(settings);
    }

    public Http2Wire settings(int... settings) throws IOException {
        var payload = ByteBuffer.allocate(3 * settings.length);
        for (var i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        return frame(SETTINGS, 0, 0, payload.array());
    }

    public Http2Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    public Http2Wire frame(int type, int flags, int stream, byte[] payload) throws IOException {
        return send(octets(type, flags, stream, payload));
    }

    public static byte[] octets(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEADER_OCTETS + payload.length)
                .putShort((short) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** Sends a request without a body. */
    public Http2Wire get(int stream, String path) throws IOException {
        return headers(stream, true, request("GET", path));
    }

    /** Sends the head of a request with a body. */
    public Http2Wire post(int stream, String path, String... fields) throws IOException {
        return headers(stream, false, concat(request("POST", path), fields));
    }

    public static String[] request(String method, String path) {
        return new String[] {":method", method, ":scheme", "http", ":path", path, ":authority", "a"};
    }

    public static String[] concat(String[] first, String... second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    public Http2Wire headers(int stream, boolean last, String... fields) throws IOException {
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block(fields));
    }

    /** A header section, in the octets of HPACK. */
    public byte[] block(String... fields) {
        var section = new DefaultHttp2Headers(false);
        for (var i = 0; i < fields.length; i += 2) {
            section.add(fields[i], fields[i + 1]);
        }
        var out = Unpooled.buffer();
        try {
            encoder.encodeHeaders(1, section, out);
            return ByteBufUtil.getBytes(out);
        } catch (Http2Exception impossible) {
            throw new AssertionError(impossible);
        } finally {
            out.release();
        }
    }

    public Http2Wire data(int stream, String text, boolean last) throws IOException {
        return frame(DATA, last ? END_STREAM : 0, stream, text.getBytes(ISO_8859_1));
    }

    public Http2Wire reset(int stream, int error) throws IOException {
        return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(error).array());
    }

    public Http2Wire windowUpdate(int stream, int increment) throws IOException {
        return frame(
                WINDOW_UPDATE,
                0,
                stream,
                ByteBuffer.allocate(4).putInt(increment).array());
    }

    public Http2Wire ping() throws IOException {
        return frame(PING, 0, 0, new byte[8]);
    }

    /** Reads one frame. */
    public Frame next() throws IOException {
        try {
            var length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            var type = in.readUnsignedByte();
            var flags = in.readUnsignedByte();
            var stream = in.readInt();
            var payload = new byte[length];
            in.readFully(payload);
            if (type == SETTINGS && (flags & ACK) == 0) {
                trySend(octets(SETTINGS, ACK, 0, new byte[0]));
            }
            return new Frame(type, flags, stream, payload, type == HEADERS ? section(stream, payload) : null);
        } catch (EOFException | SocketException end) {
            return new Frame(-1, 0, 0, new byte[0], null);
        }
    }

    /** Reads up to a frame of one type, or to one that ends what is waited for, which is a failure. */
    public Frame await(int type, int stream) throws IOException {
        while (true) {
            var frame = next();
            if (frame.type() == type && frame.stream() == stream) {
                return frame;
            }
            if (frame.type() == -1
                    || frame.type() == GOAWAY && type != GOAWAY
                    || frame.type() == RST_STREAM && frame.stream() == stream) {
                fail("waited for type " + type + " and got " + frame);
            }
        }
    }

    /** Sections are decoded in the order in which they come: they refer to earlier ones. */
    private Http2Headers section(int stream, byte[] payload) {
        var block = Unpooled.wrappedBuffer(payload);
        try {
            return decoder.decodeHeaders(stream, block);
        } catch (Http2Exception malformed) {
            throw new AssertionError(malformed);
        } finally {
            block.release();
        }
    }

    /** Returns the header section of a frame. */
    public static Http2Headers decode(Frame frame) {
        return Objects.requireNonNull(frame.section());
    }

    public static int status(Frame head) {
        return Integer.parseInt(decode(head).status().toString());
    }

    /** Reads the final response on a stream to its end. */
    public Response response(int stream) throws Exception {
        var head = await(HEADERS, stream);
        var section = decode(head);
        if (section.status().charAt(0) == '1') {
            return response(stream);
        }
        var body = new ByteArrayOutputStream();
        var trailers = Headers.empty();
        for (var ended = head.has(END_STREAM); !ended; ) {
            var last = next();
            ended = last.stream() == stream && last.type() <= HEADERS && last.has(END_STREAM);
            if (last.stream() == stream && last.type() == DATA) {
                body.writeBytes(last.payload());
            } else if (last.stream() == stream && last.type() == HEADERS) {
                trailers = headers(decode(last));
            } else if (last.type() == -1 || last.type() == RST_STREAM && last.stream() == stream) {
                fail("the response is cut off after " + body.size() + " bytes by " + last);
            }
        }
        return new Response(
                Integer.parseInt(section.status().toString()), headers(section), body.toString(ISO_8859_1), trailers);
    }

    /** Returns the fields of a header section, without pseudo-header fields. */
    public static Headers fields(Frame head) {
        return headers(decode(head));
    }

    private static Headers headers(Http2Headers section) {
        var headers = Headers.builder();
        for (var field : section) {
            if (field.getKey().charAt(0) != ':') {
                headers.add(field.getKey().toString(), field.getValue().toString());
            }
        }
        return headers.build();
    }

    public void assertReset(int stream, int error) throws IOException {
        while (true) {
            var frame = next();
            if (frame.type() == RST_STREAM && frame.stream() == stream) {
                assertEquals(error, frame.error());
                return;
            }
            if (frame.type() == -1 || frame.type() == GOAWAY) {
                fail("the connection ended" + (frame.type() == GOAWAY ? " with " + frame.error() : ""));
            }
        }
    }

    /** Reads to the end of the connection, which the server must give a reason for. */
    public void assertGoesAway(int error) throws IOException {
        var goAway = lastGoAway();
        assertEquals(error, goAway == null ? -1 : goAway.error(), () -> "went away with " + goAway);
    }

    private @Nullable Frame lastGoAway() throws IOException {
        Frame goAway = null;
        for (var frame = next(); frame.type() != -1; frame = next()) {
            if (frame.type() == GOAWAY) {
                goAway = frame;
            }
        }
        return goAway;
    }

    /** Sends what the server may refuse to read to its end. */
    public boolean trySend(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException ended) {
            return false;
        }
    }

    /** Asserts that nothing comes for a while, but for frames of these types. */
    public void assertNo(int type) throws IOException {
        socket.setSoTimeout(200);
        try {
            while (true) {
                var frame = next();
                assertEquals(false, frame.type() == type || frame.type() == -1, () -> "got " + frame);
            }
        } catch (SocketTimeoutException silent) {
            socket.setSoTimeout((int) WireClient.PATIENCE.toMillis());
        }
    }

    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
