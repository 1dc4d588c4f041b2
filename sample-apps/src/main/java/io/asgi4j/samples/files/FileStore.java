package io.asgi4j.samples.files;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** PUT stores a file and GET returns it, chunk by chunk: a slow disk or a slow client costs time, never memory. */
public record FileStore(Path directory, long sizeLimit) implements Application {
    public FileStore() throws IOException {
        this(Files.createDirectories(Path.of("uploads")), 1L << 30);
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        if (!(scope instanceof HttpScope http)) {
            throw new UnsupportedScopeException(scope);
        }
        var root = http.rootPath() + "/";
        var name = http.path().startsWith(root) ? http.path().substring(root.length()) : "";
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) { // no separator, no leading dot: no way out
            answer(send, 404);
            return;
        }
        var file = directory.resolve(name);
        switch (http.method()) {
            case "PUT" -> upload(file, receive, send);
            case "GET", "HEAD" -> {
                if (!Download.of(file, http, send)) {
                    answer(send, 404);
                }
            }
            default -> answer(send, 405, "allow", "GET, HEAD, PUT");
        }
    }

    /** Writes beside the target and moves at the end, so that nobody ever sees half a file. */
    private void upload(Path file, Receive receive, Send send) throws IOException, InterruptedException {
        var part = Files.createTempFile(directory, ".upload", null);
        try (var out = FileChannel.open(part, StandardOpenOption.WRITE)) {
            while (receive.receive() instanceof HttpRequest request) {
                var body = request.body();
                if (out.position() + body.remaining() > sizeLimit) {
                    answer(send, 413);
                    return;
                }
                while (body.hasRemaining()) {
                    out.write(body);
                }
                if (!request.moreBody()) {
                    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
                    answer(send, 201);
                    return;
                }
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void answer(Send send, int status, String... headers) throws IOException, InterruptedException {
        send.send(new HttpResponseStart(status, Headers.of(headers).with("content-length", "0")));
        send.send(HttpResponseBody.end());
    }
}
