package io.asgi4j.tck.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One request and its answer on a connection of its own, read as tolerantly as can be: the server may have defects. */
final class ControlConnection {
    /** The longest answer. */
    private static final int MAX_BYTES = 64 << 20;

    /** An answer. */
    record Reply(int status, String body) {}

    private ControlConnection() {}

    static Reply ask(URI base, String method, String target, String body, Duration limit) throws IOException {
        var port = base.getPort() == -1 ? 80 : base.getPort();
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            socket.connect(new InetSocketAddress(base.getHost(), port), Math.toIntExact(limit.toMillis()));
            var content = body.getBytes(StandardCharsets.UTF_8);
            var request = new ByteArrayOutputStream();
            request.writeBytes(head(base, method, target, content.length).getBytes(StandardCharsets.ISO_8859_1));
            request.writeBytes(content);
            request.writeTo(socket.getOutputStream());
            return read(new BufferedInputStream(socket.getInputStream()));
        } catch (SocketTimeoutException e) {
            throw new ControlException(
                    "%s %s at %s was not answered within %d s".formatted(method, target, base, limit.toSeconds()), e);
        } catch (UnknownHostException e) {
            throw new ControlException(
                    "there is no host %s; look at the address %s".formatted(base.getHost(), base), e);
        } catch (ConnectException | NoRouteToHostException e) {
            throw new ControlException(
                    "nobody accepts connections at %s; start the server there, or correct the address (%s)"
                            .formatted(base, e.getMessage()),
                    e);
        } catch (ControlException e) {
            throw new ControlException("%s %s at %s: %s".formatted(method, target, base, e.getMessage()), e);
        }
    }

    private static String head(URI base, String method, String target, int length) {
        var prefix = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        var framing = length == 0 && method.equals("GET") ? "" : "content-length: " + length + "\r\n";
        return "%s %s%s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n%s\r\n"
                .formatted(method, prefix, target, base.getRawAuthority(), framing);
    }

    private static Reply read(InputStream in) throws IOException {
        while (true) {
            var status = status(line(in));
            var fields = fields(in);
            if (status >= 200) {
                return new Reply(status, new String(body(in, fields), StandardCharsets.UTF_8));
            }
        }
    }

    private static int status(String line) throws ControlException {
        var parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("[0-9]{3}")) {
            throw new ControlException(
                    line.isEmpty()
                            ? "the connection was closed without an answer"
                            : "what came back is no HTTP: " + line.substring(0, Math.min(line.length(), 100)));
        }
        return Integer.parseInt(parts[1]);
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        var fields = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    /** Reads to the end that the framing shows; one that shows none is ended by the connection. */
    private static byte[] body(InputStream in, Map<String, String> fields) throws IOException {
        var length = fields.getOrDefault("content-length", "");
        if (fields.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            return chunks(in);
        }
        if (length.matches("[0-9]{1,8}")) {
            return in.readNBytes(Math.min(Integer.parseInt(length), MAX_BYTES));
        }
        return in.readNBytes(MAX_BYTES);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (bytes.size() < MAX_BYTES) {
            var size = line(in).split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,7}") || size.matches("0+")) {
                break;
            }
            bytes.writeBytes(in.readNBytes(Integer.parseInt(size, 16)));
            line(in);
        }
        return bytes.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var b = in.read(); b != -1 && b != '\n'; b = in.read()) {
            line.write(b);
            if (line.size() > MAX_BYTES) {
                throw new ControlException("a line does not end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
