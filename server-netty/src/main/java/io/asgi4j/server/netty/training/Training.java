package io.asgi4j.server.netty.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * The client of a training run: it does once what clients do.
 *
 * <p>The JVM archives what was loaded until it ended, so this client speaks in ready-made bytes and loads next to nothing.
 */
public final class Training {
    private static final int LIMIT_MILLIS = 10_000;

    private static final String REQUESTS = """
        GET /path?name=value HTTP/1.1
        host: localhost
        user-agent: asgi4j
        accept: */*

        POST / HTTP/1.1
        host: localhost
        content-type: text/plain
        content-length: 5

        HelloPOST / HTTP/1.1
        host: localhost
        transfer-encoding: chunked
        connection: close

        5
        Hello
        0

        """;

    private static final String HANDSHAKE = """
        GET / HTTP/1.1
        host: localhost
        connection: upgrade
        upgrade: websocket
        sec-websocket-version: 13
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==
        sec-websocket-extensions: permessage-deflate

        """;

    /** Hello, compressed as in RFC 7692, 7.2.3.1, and a close frame with 1000; the masks are zero. */
    private static final byte[] FRAMES = {
        (byte) 0xc1,
        (byte) 0x87,
        0,
        0,
        0,
        0,
        (byte) 0xf2,
        0x48,
        (byte) 0xcd,
        (byte) 0xc9,
        (byte) 0xc9,
        0x07,
        0x00,
        (byte) 0x88,
        (byte) 0x82,
        0,
        0,
        0,
        0,
        0x03,
        (byte) 0xe8
    };

    private Training() {}

    /** {@return the options of a training run: nobody else can reach it, and it is in nobody's way} */
    public static Options options(Options given) {
        return given.with(ServerOptions.HOST, "127.0.0.1").with(ServerOptions.PORT, 0);
    }

    /** Sends requests and a WebSocket's messages to a server that runs {@link Echo}, and blocks until all is answered. */
    public static void visit(NettyServer server) {
        expect("HTTP/1.1 200 ", answers(server, lines(REQUESTS)));
        expect("HTTP/1.1 101 ", answers(server, lines(HANDSHAKE), FRAMES));
    }

    private static byte[] lines(String text) {
        return text.replace("\n", "\r\n").getBytes(ISO_8859_1);
    }

    /** Sends all at once, and reads until the server closes the connection. */
    private static String answers(NettyServer server, byte[]... parts) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            for (var part : parts) {
                socket.getOutputStream().write(part);
            }
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("the server did not answer", e);
        }
    }

    private static void expect(String beginning, String answers) {
        if (!answers.startsWith(beginning)) {
            throw new IllegalStateException("the server answered '" + answers + "'");
        }
    }
}
