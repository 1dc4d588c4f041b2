package io.asgi4j.benchmarks.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** The opening handshake of RFC 6455, section 4. */
record Handshake(InetSocketAddress server, String path, boolean deflate) {
    // the example of RFC 6455, section 1.3
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    String request() {
        return "GET " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + server.getPort()
                + "\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: "
                + KEY
                + (deflate ? "\r\nsec-websocket-extensions: permessage-deflate" : "")
                + "\r\n\r\n";
    }

    /** Reads the response's head and returns the extension that the server chose, or nothing. */
    String extension(String response) throws IOException {
        var accepted = false;
        var extension = "";
        for (var line : response.split("\r\n", -1)) {
            var colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "sec-websocket-accept" -> accepted = value.equals(ACCEPT);
                case "sec-websocket-extensions" -> extension = value;
                default -> {}
            }
        }
        if (!response.startsWith("HTTP/1.1 101 ") || !accepted) {
            throw new IOException("The server does not open a WebSocket: " + response.strip());
        }
        return extension;
    }
}
