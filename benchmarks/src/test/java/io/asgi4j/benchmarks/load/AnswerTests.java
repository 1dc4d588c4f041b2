package io.asgi4j.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerTests {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String FIELDS = "Server: x\r\nDate: now\r\nContent-Type: text/plain\r\n";

    @Test
    void aBodyOfKnownLengthIsRead() throws IOException {
        var wire = "HTTP/1.1 200 OK\r\n" + FIELDS + "Content-Length: 5\r\n\r\nhello";
        var answer = answer(wire);

        assertDoesNotThrow(() -> answer.expect("text/plain", "hello"));
        assertEquals(wire, answer.wire());
        assertEquals(wire.length(), answer.leastWireLength());
        assertEquals(wire.length(), answer.mostWireLength());
    }

    @Test
    void aBodyInChunksIsRead() throws IOException {
        var answer = answer(
                "HTTP/1.1 200 OK\r\n" + FIELDS + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");

        assertDoesNotThrow(() -> answer.expect("text/plain", "hello"));
        assertEquals(5, answer.leastWireLength());
    }

    @Test
    void anotherBodyIsWrong() throws IOException {
        var answer = answer("HTTP/1.1 200 OK\r\n" + FIELDS + "Content-Length: 5\r\n\r\nhallo");

        assertThrows(WrongAnswerException.class, () -> answer.expect("text/plain", "hello"));
    }

    @Test
    void anotherStatusIsWrong() throws IOException {
        var answer = answer("HTTP/1.1 500 No\r\n" + FIELDS + "Content-Length: 5\r\n\r\nhello");

        assertThrows(WrongAnswerException.class, () -> answer.expect("text/plain", "hello"));
    }

    @Test
    void anAnswerWithoutDateIsWrong() throws IOException {
        var answer =
                answer("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");

        assertThrows(WrongAnswerException.class, () -> answer.expect("text/plain", "hello"));
    }

    @Test
    void anAnswerThatEndsTooEarlyIsAFailure() {
        assertThrows(IOException.class, () -> answer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"));
    }

    /** What is read from a server that sends this twice, since it is asked twice, and closes. */
    private static Answer answer(String wire) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = server.accept()) {
                    client.getInputStream().readNBytes(REQUEST.length);
                    client.getOutputStream().write((wire + wire).getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the reader finds the connection closed
                }
            });
            return Answer.ask(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), REQUEST);
        }
    }
}
