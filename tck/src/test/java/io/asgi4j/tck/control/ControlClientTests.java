package io.asgi4j.tck.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against servers that answer with literal text. */
class ControlClientTests {
    private static final String TRACE = "{\"satisfied\":true,\"dropped\":3,\"pending\":[],\"entries\":[]}";

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ControlClient client = new ControlClient(URI.create("http://127.0.0.1:" + server.getLocalPort()));
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    ControlClientTests() throws IOException {}

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    /** Answers one request and closes the connection. */
    private void answer(String answer) {
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
                var head = new StringBuilder();
                for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append('\n');
                }
                heads.add(head.toString());
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                heads.add(e.toString());
            }
        });
    }

    @Test
    void aRequestHasAConnectionOfItsOwn() throws Exception {
        answer("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
        client.signal("a", "go");
        assertEquals(
                "POST /__tck__/scenarios/a/signals/go HTTP/1.1\nhost: 127.0.0.1:%d\nconnection: close\ncontent-length: 0\n"
                        .formatted(server.getLocalPort()),
                heads.take());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 56\r\n\r\n" + TRACE + "left over",
                "HTTP/1.1 200 OK\r\n\r\n" + TRACE,
                "HTTP/1.0 200\nx\n\n" + TRACE,
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + TRACE,
                "HTTP/1.1 200 OK\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "3;x\r\n"
                        + "{\"s\r\n"
                        + "35\r\n"
                        + "atisfied\":true,\"dropped\":3,\"pending\":[],\"entries\":[]}\r\n"
                        + "0\r\n\r\n",
            })
    void anAnswerIsReadWhateverItsFraming(String answer) throws Exception {
        answer(answer);
        assertEquals(new TraceSnapshot(true, 3, List.of(), List.of()), client.trace("a"));
    }

    @Test
    void aRefusalIsPassedOn() {
        answer("HTTP/1.1 409 Conflict\r\n\r\n{\"error\":\"there is a scenario called a\"}");
        var refusal = assertThrows(ControlException.class, () -> client.install("a", Script.LIFESPAN));
        assertTrue(String.valueOf(refusal.getMessage())
                .endsWith(" was answered by 409: {\"error\":\"there is a scenario called a\"}"));
    }

    @Test
    void operationsThatTheApplicationLacksAreNamed() {
        answer("HTTP/1.1 422 x\r\n\r\n{\"error\":\"no\",\"unsupported\":[\"interrupt\"]}");
        var refusal = assertThrows(
                UnsupportedOperationsException.class, () -> client.install("a", Script.of(new Step.Interrupt("main"))));
        assertEquals(List.of("interrupt"), refusal.operations());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n"
                        + "<html>hello</html>|was not answered by the kit's application: <html>hello</html>",
                "HTTP/1.1 200 OK\r\n\r\n"
                        + "{\"protocol\":2}|speaks version 2 of the control protocol, and this kit version 1",
                "HTTP/1.1 404 Not Found\r\n\r\nnothing|was answered by 404",
                "SSH-2.0-x\r\n|what came back is no HTTP: SSH-2.0-x",
                "|the connection was closed without an answer",
            })
    void whoIsNotTheApplicationIsToldApart(String example) {
        var parts = example.split("\\|", -1);
        answer(parts[0]);
        var message = assertThrows(ControlException.class, client::hello).getMessage();
        assertTrue(String.valueOf(message).contains(parts[1]), message);
    }

    @Test
    void whereNobodyListensTheMessageSaysSo() throws Exception {
        server.close();
        var message = assertThrows(ControlException.class, client::hello).getMessage();
        assertTrue(String.valueOf(message).startsWith("nobody accepts connections at http://127.0.0.1:"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://127.0.0.1", "//127.0.0.1:8000", "http:///x"})
    void otherAddressesAreRefused(String address) {
        assertThrows(IllegalArgumentException.class, () -> new ControlClient(URI.create(address)));
    }
}
