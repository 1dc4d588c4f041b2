package io.asgi4j.benchmarks.server;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The measured application, in plain blocking code on the protocol's types. */
final class Asgi4jApplication implements Application {
    private static final HttpResponseBody HELLO = HttpResponseBody.last(Answers.hello());
    private static final HttpResponseStart HELLO_START = new HttpResponseStart(
            200, Headers.of("content-type", Answers.TEXT, "content-length", Integer.toString(Answers.HELLO.length())));
    private static final byte[] CHUNK = Answers.chunk();
    private static final HttpResponseStart STREAM_START =
            new HttpResponseStart(200, Headers.of("content-type", Answers.TEXT));

    private final Path file;
    private final Set<Send> members = ConcurrentHashMap.newKeySet();

    Asgi4jApplication(Path file) {
        this.file = file;
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        switch (scope) {
            case HttpScope http -> answer(http, receive, send);
            case WebSocketScope webSocket -> talk(webSocket, receive, send);
            default -> throw new UnsupportedScopeException(scope);
        }
    }

    private void answer(HttpScope http, Receive receive, Send send) throws IOException, InterruptedException {
        switch (http.path()) {
            case "/hello" -> hello(send);
            case "/json" -> json(http.headers().first("accept-language"), send);
            case "/echo" -> echo(http.headers().first("content-length"), receive, send);
            case "/stream" -> stream(send);
            case "/file" -> file(send);
            case "/block" -> {
                Thread.sleep(Answers.BLOCK);
                hello(send);
            }
            default -> {
                send.send(new HttpResponseStart(404));
                send.send(HttpResponseBody.end());
            }
        }
    }

    private static void hello(Send send) throws IOException, InterruptedException {
        send.send(HELLO_START);
        send.send(HELLO);
    }

    private static void json(@Nullable String language, Send send) throws IOException, InterruptedException {
        var body = HttpResponseBody.last(Answers.json(language == null ? "" : language));
        var length = Integer.toString(body.body().remaining());
        send.send(new HttpResponseStart(200, Headers.of("content-type", Answers.JSON, "content-length", length)));
        send.send(body);
    }

    private static void echo(@Nullable String length, Receive receive, Send send)
            throws IOException, InterruptedException {
        var fields = Headers.of("content-type", Answers.BINARY);
        send.send(new HttpResponseStart(200, length == null ? fields : fields.with("content-length", length)));
        while (receive.receive() instanceof HttpRequest part) {
            send.send(new HttpResponseBody(part.body(), part.moreBody()));
            if (!part.moreBody()) {
                return;
            }
        }
    }

    private static void stream(Send send) throws IOException, InterruptedException {
        send.send(STREAM_START);
        for (var i = 1; i < Answers.CHUNKS; i++) {
            send.send(HttpResponseBody.more(CHUNK));
        }
        send.send(HttpResponseBody.last(CHUNK));
    }

    private void file(Send send) throws IOException, InterruptedException {
        var length = Long.toString(Files.size(file));
        send.send(new HttpResponseStart(200, Headers.of("content-type", Answers.BINARY, "content-length", length)));
        send.send(new HttpResponsePathSend(file));
    }

    private void talk(WebSocketScope webSocket, Receive receive, Send send) throws IOException, InterruptedException {
        receive.receive();
        send.send(new WebSocketAccept());
        switch (webSocket.path()) {
            case "/broadcast" -> broadcast(receive, send);
            default -> {
                while (receive.receive() instanceof WebSocketReceive message) {
                    send.send(new WebSocketSend(message.bytes(), message.text()));
                }
            }
        }
    }

    private void broadcast(Receive receive, Send send) throws IOException, InterruptedException {
        members.add(send);
        try {
            while (receive.receive() instanceof WebSocketReceive message) {
                var all = new WebSocketSend(message.bytes(), message.text());
                for (var member : members) {
                    send(all, member);
                }
            }
        } finally {
            members.remove(send);
        }
    }

    private static void send(WebSocketSend message, Send member) throws IOException, InterruptedException {
        try {
            member.send(message);
        } catch (ClientDisconnectedException gone) {
            // its own call ends and takes it out of the members
        }
    }
}
