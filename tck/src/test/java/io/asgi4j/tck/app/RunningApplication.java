package io.asgi4j.tck.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.tck.control.ControlClient;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Incoming;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Transcript;
import io.asgi4j.tck.wire.WebSocketClient;
import io.asgi4j.tck.wire.WebSocketHandshake;
import io.asgi4j.tck.wire.WireClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The application behind a server: the one in Java behind asgi4j's own, the one in Python behind uvicorn. */
public final class RunningApplication implements AutoCloseable {
    /** Where the distribution's package puts it; another Python may stand first on the path. */
    private static final Path UVICORN = Path.of("/usr/bin/uvicorn");

    private static final Pattern RUNNING = Pattern.compile(".*Uvicorn running on (http://[0-9.:]+).*");
    private static final int LIMIT_SECONDS = 30;

    private final URI base;
    private final List<String> lines;
    private final AutoCloseable end;

    private RunningApplication(URI base, List<String> lines, AutoCloseable end) {
        this.base = base;
        this.lines = lines;
        this.end = end;
    }

    public static RunningApplication inJava() throws Exception {
        return inJava("");
    }

    public static RunningApplication inJava(String rootPath) throws Exception {
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var server = NettyServer.builder(new TckApplication(Script.LIFESPAN, lines::add))
                .host("127.0.0.1")
                .port(0)
                .rootPath(rootPath)
                .start();
        return new RunningApplication(URI.create("http://127.0.0.1:" + server.port() + rootPath), lines, server);
    }

    /** Starts uvicorn. Where it is not installed the test is skipped, but not in CI, where the variable {@code CI} is set. */
    public static RunningApplication inPython() throws Exception {
        if (!Files.isExecutable(UVICORN)) {
            assertTrue(
                    System.getenv("CI") == null,
                    "the application in Python cannot be tested: apt-get install uvicorn python3-websockets");
            Assumptions.abort("the application in Python is not tested, since " + UVICORN + " is not installed");
        }
        var builder = new ProcessBuilder(
                        UVICORN.toString(), "--app-dir", "src/main/python", "--port", "0", "tck_app:app")
                .redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var process = builder.start();
        var lines = Collections.synchronizedList(new ArrayList<String>());
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            var matcher = RUNNING.matcher(line);
            if (matcher.matches()) {
                var drain =
                        Thread.ofPlatform().daemon().start(() -> output.lines().forEach(lines::add));
                return new RunningApplication(URI.create(matcher.group(1)), lines, () -> stop(process, drain));
            }
        }
        throw new IOException("uvicorn did not start: " + lines);
    }

    private static void stop(Process process, Thread drain) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        drain.join();
    }

    public ControlClient control() {
        return new ControlClient(base);
    }

    /** The path under which the application is mounted. */
    String mountedAt() {
        return base.getPath();
    }

    /** What the application printed. */
    List<String> lines() {
        return lines;
    }

    /** Sends text on a new connection and reads until that is closed. */
    String exchange(String request) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(LIMIT_SECONDS * 1000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Opens a WebSocket, sends text, waits for one message, closes with 1000; returns the message. */
    String converse(String path, String text) throws Exception {
        var address = new InetSocketAddress(base.getHost(), base.getPort());
        try (var client = WireClient.open(address, "client", Limits.DEFAULT, Transcript.startingNow())) {
            var handshake = WebSocketHandshake.to(base.getPath() + path, base.getAuthority());
            client.send(handshake.request());
            assertEquals(List.of(), handshake.check(client.readResponse()));
            var socket = new WebSocketClient(client, null);
            socket.send(Frame.text(text));
            var answer = assertInstanceOf(Incoming.Message.class, socket.message());
            socket.close(1000, "");
            return answer.text();
        }
    }

    /** A GET for a path below the application's, on a connection that is closed afterwards. */
    String get(String path) throws IOException {
        return exchange("GET %s%s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".formatted(base.getPath(), path));
    }

    @Override
    public void close() throws Exception {
        end.close();
    }
}
