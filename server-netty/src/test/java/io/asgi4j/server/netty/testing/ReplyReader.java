package io.asgi4j.server.netty.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.asgi4j.spec.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Reads one response, and is strict about its form: it is our own server that wrote it. */
final class ReplyReader {
    private final InputStream in;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Integer> chunks = new ArrayList<>();
    private Headers trailers = Headers.empty();

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Reads a response. Throws {@link EOFException} if the connection ends before its head is complete. */
    Reply read(boolean toHead) throws IOException {
        var line = line();
        if (!line.matches("HTTP/1\\.1 [1-9][0-9]{2} [ -~]*")) {
            throw new AssertionError("not a status line: " + line);
        }
        var head = fields();
        var status = line.substring(9, 12);
        var bodiless = toHead || status.startsWith("1") || status.equals("204") || status.equals("304");
        var complete = bodiless || readBody(head);
        return new Reply(line, head, body.toString(ISO_8859_1), List.copyOf(chunks), trailers, complete);
    }

    private boolean readBody(Headers head) throws IOException {
        try {
            if (head.contains("transfer-encoding")) {
                if (head.contains("content-length") || !"chunked".equals(head.first("transfer-encoding"))) {
                    throw new AssertionError("ambiguous framing: " + head);
                }
                readChunks();
            } else if (head.contains("content-length")) {
                readExactly(Integer.parseInt(head.first("content-length")));
            } else {
                in.transferTo(body);
            }
            return true;
        } catch (EOFException | SocketException | SSLException truncated) {
            return false;
        }
    }

    private void readChunks() throws IOException {
        while (true) {
            var size = Integer.parseInt(line(), 16);
            chunks.add(size);
            if (size == 0) {
                trailers = fields();
                return;
            }
            readExactly(size);
            if (!line().isEmpty()) {
                throw new AssertionError("no line end after a chunk");
            }
        }
    }

    private void readExactly(int count) throws IOException {
        for (var left = count; left > 0; left--) {
            body.write(byteOrEnd());
        }
    }

    private Headers fields() throws IOException {
        var fields = Headers.builder();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(": ");
            fields.add(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
        return fields.build();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = byteOrEnd(); b != '\r'; b = byteOrEnd()) {
            line.write(b);
        }
        if (byteOrEnd() != '\n') {
            throw new AssertionError("a bare CR after " + line);
        }
        return line.toString(ISO_8859_1);
    }

    private int byteOrEnd() throws IOException {
        var b = in.read();
        if (b < 0) {
            throw new EOFException("the connection ended");
        }
        return b;
    }
}
