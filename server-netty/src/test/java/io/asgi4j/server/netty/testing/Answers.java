package io.asgi4j.server.netty.testing;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What most applications in tests do. */
public final class Answers {
    private Answers() {}

    /** Answers 200 with a text whose length is declared. */
    public static void text(Send send, String text) throws IOException, InterruptedException {
        send.send(new HttpResponseStart(200, Headers.of("content-length", Integer.toString(text.length()))));
        send.send(HttpResponseBody.last(text));
    }

    /**
     * Receives the whole body, as ISO-8859-1 text.
     *
     * @throws EOFException if the client left before the body was complete
     */
    public static String body(Receive receive) throws EOFException, InterruptedException {
        var bytes = new ByteArrayOutputStream();
        while (true) {
            switch (receive.receive()) {
                case HttpRequest part -> {
                    bytes.writeBytes(bytes(part.body()));
                    if (!part.moreBody()) {
                        return bytes.toString(StandardCharsets.ISO_8859_1);
                    }
                }
                case HttpDisconnect ignored ->
                    throw new EOFException("the client left after " + bytes.size() + " bytes");
                default -> throw new AssertionError("an event of another protocol");
            }
        }
    }

    /** Returns what remains of a buffer, which stays as it is. */
    public static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Answers with the request's body. */
    public static void echo(Receive receive, Send send) throws IOException, InterruptedException {
        text(send, body(receive));
    }
}
