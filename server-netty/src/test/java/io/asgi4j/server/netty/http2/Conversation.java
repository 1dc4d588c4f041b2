package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.testing.Http2Wire.CONTINUATION;
import static io.asgi4j.server.netty.testing.Http2Wire.DATA;
import static io.asgi4j.server.netty.testing.Http2Wire.END_HEADERS;
import static io.asgi4j.server.netty.testing.Http2Wire.END_STREAM;
import static io.asgi4j.server.netty.testing.Http2Wire.HEADERS;
import static io.asgi4j.server.netty.testing.Http2Wire.PING;
import static io.asgi4j.server.netty.testing.Http2Wire.SETTINGS;
import static io.asgi4j.server.netty.testing.Http2Wire.concat;
import static io.asgi4j.server.netty.testing.Http2Wire.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.asgi4j.server.netty.testing.Http2Wire;
import io.asgi4j.server.netty.websocket.ClientFrames;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** All that a client sends on one connection, from its preface on. */
final class Conversation {
    private static final int PADDED = 0x8;

    private final String what;
    private final int streams;
    private final int calls;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();

    private Conversation(String what, int streams, int calls) {
        this.what = what;
        this.streams = streams;
        this.calls = calls;
        sent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    static List<Conversation> all() {
        return List.of(
                new Conversation("a body with padding and trailers, and a section in three pieces", 2, 2)
                        .section(1, 0, 3, concat(request("POST", "/p%C3%A9?q"), "x", "1", "cookie", "a", "cookie", "b"))
                        .data(1, 0, "Hello, ")
                        .section(3, END_STREAM, 1, request("GET", "/other"))
                        .frame(PING, 0, 0, new byte[8])
                        .frame(DATA, PADDED, 1, "\4world\0\0\0\0".getBytes(ISO_8859_1))
                        .section(1, END_STREAM, 2, "t", "u", "x", "1"),
                new Conversation("a WebSocket, with a compressed message", 1, 1)
                        .section(
                                1,
                                0,
                                1,
                                concat(
                                        request("CONNECT", "/ws"),
                                        ":protocol",
                                        "websocket",
                                        "sec-websocket-version",
                                        "13",
                                        "sec-websocket-extensions",
                                        "permessage-deflate"))
                        .frame(DATA, 0, 1, ClientFrames.text("hi"))
                        .frame(
                                DATA,
                                0,
                                1,
                                ClientFrames.frame(
                                        ClientFrames.FIN | ClientFrames.RSV1 | 1,
                                        ClientFrames.hex("f2 48 cd c9 c9 07 00")))
                        .frame(DATA, 0, 1, ClientFrames.close(1000, "")),
                new Conversation("a malformed request beside a good one", 2, 1)
                        .section(1, END_STREAM, 1, concat(request("GET", "/"), "Upper", "x"))
                        .section(3, END_STREAM, 1, concat(request("GET", "/good"), "x", "1")),
                new Conversation("data on the connection itself", 1, 1)
                        .section(1, 0, 2, request("POST", "/"))
                        .data(0, 0, "wrong")
                        .section(3, END_STREAM, 1, request("GET", "/too-late")));
    }

    /** How many streams the server ends, if the connection does not end before. */
    int streams() {
        return streams;
    }

    /** How often the application is called. */
    int calls() {
        return calls;
    }

    byte[] sent() {
        return sent.toByteArray();
    }

    private Conversation data(int stream, int flags, String text) {
        return frame(DATA, flags, stream, text.getBytes(ISO_8859_1));
    }

    /** A header section, in so many frames. */
    private Conversation section(int stream, int flags, int pieces, String... fields) {
        var block = block(stream, fields);
        var size = block.length / pieces;
        for (var i = 0; i < pieces; i++) {
            var last = i == pieces - 1;
            frame(
                    i == 0 ? HEADERS : CONTINUATION,
                    (i == 0 ? flags : 0) | (last ? END_HEADERS : 0),
                    stream,
                    Arrays.copyOfRange(block, i * size, last ? block.length : (i + 1) * size));
        }
        return this;
    }

    private byte[] block(int stream, String... fields) {
        var section = new DefaultHttp2Headers(false);
        for (var i = 0; i < fields.length; i += 2) {
            section.add(fields[i], fields[i + 1]);
        }
        var out = Unpooled.buffer();
        try {
            encoder.encodeHeaders(stream, section, out);
            return ByteBufUtil.getBytes(out);
        } catch (Http2Exception impossible) {
            throw new AssertionError(impossible);
        } finally {
            out.release();
        }
    }

    private Conversation frame(int type, int flags, int stream, byte[] payload) {
        sent.writeBytes(Http2Wire.octets(type, flags, stream, payload));
        return this;
    }

    @Override
    public String toString() {
        return what;
    }
}
