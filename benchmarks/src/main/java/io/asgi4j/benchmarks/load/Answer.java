package io.asgi4j.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A server's answer to one request, read with nothing but a socket so that no library forgives what is wrong with it.
 *
 * @param body its bytes as ISO-8859-1
 * @param wire the bytes of the whole answer as ISO-8859-1, framing included
 */
record Answer(int status, Map<String, String> fields, String body, String wire) {
    private static final int LIMIT_MILLIS = 10_000;
    private static final long LEAST_CHUNK = 512;
    private static final int CHUNK_FRAMING = 8;

    /** Asks on a connection of its own; asks twice, as a connection has to stay usable. */
    static Answer ask(InetSocketAddress address, byte[] request) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(address, LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            var in = new Recorded(new BufferedInputStream(socket.getInputStream()));
            askOnce(socket, in, request);
            return askOnce(socket, in, request);
        }
    }

    /** Bytes of the next such answer, at least: how a body is cut into chunks may differ from one time to the next. */
    long leastWireLength() {
        return isChunked() ? body.length() : wire.length();
    }

    /** Bytes of the next such answer, at most. */
    long mostWireLength() {
        return wire.length() + (isChunked() ? body.length() / LEAST_CHUNK * CHUNK_FRAMING : 0);
    }

    private boolean isChunked() {
        return !fields.containsKey("content-length");
    }

    /** Says what is wrong, if it is not what is expected. */
    void expect(String contentType, String expectedBody) throws WrongAnswerException {
        require(status == 200, "status " + status);
        for (var name : new String[] {"server", "date", "content-type"}) {
            require(fields.containsKey(name), "no field " + name);
        }
        var type = fields.get("content-type");
        require(type != null && type.startsWith(contentType), "content-type " + type);
        require(
                body.equals(expectedBody),
                "a body of %d bytes that are not the %d expected".formatted(body.length(), expectedBody.length()));
    }

    private void require(boolean holds, String problem) throws WrongAnswerException {
        if (!holds) {
            throw new WrongAnswerException(problem + " in an answer with " + status + " " + fields);
        }
    }

    private static Answer askOnce(Socket socket, Recorded in, byte[] request) throws IOException {
        in.bytes.reset();
        // an echo may come back while the request is still sent, and more of it than the sockets hold
        var sender = Thread.ofVirtual().start(() -> {
            try {
                socket.getOutputStream().write(request);
            } catch (IOException e) {
                // the reader finds the connection closed too
            }
        });
        var status = Integer.parseInt(in.line().split(" ", 3)[1]);
        var fields = new LinkedHashMap<String, String>();
        for (var line = in.line(); !line.isEmpty(); line = in.line()) {
            var colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        var length = fields.get("content-length");
        var body = length != null ? in.exactly(Integer.parseInt(length)) : in.chunks();
        try {
            sender.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Answer(
                status,
                fields,
                new String(body, StandardCharsets.ISO_8859_1),
                in.bytes.toString(StandardCharsets.ISO_8859_1));
    }

    /** Remembers the bytes that were read. */
    private static final class Recorded {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Recorded(InputStream in) {
            this.in = in;
        }

        String line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("The connection was closed within an answer");
                }
                line.write(next);
            }
            line.write('\n');
            bytes.writeBytes(line.toByteArray());
            return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }

        byte[] exactly(int length) throws IOException {
            var read = in.readNBytes(length);
            if (read.length < length) {
                throw new EOFException("The connection was closed within a body");
            }
            bytes.writeBytes(read);
            return read;
        }

        byte[] chunks() throws IOException {
            var body = new ByteArrayOutputStream();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        }

        private int chunkSize() throws IOException {
            return Integer.parseInt(line(), 16);
        }
    }
}
