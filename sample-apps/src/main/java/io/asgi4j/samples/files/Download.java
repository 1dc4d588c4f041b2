package io.asgi4j.samples.files;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import io.asgi4j.spec.extension.ZeroCopySend;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Sends one file the best way the server offers: without copying it, else in chunks. */
final class Download {
    private static final int CHUNK = 64 * 1024;

    private Download() {}

    /** Answers with the file, or returns false, having sent nothing, when there is none. */
    static boolean of(Path file, HttpScope http, Send send) throws IOException, InterruptedException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // One open file for the length and the bytes, not a path: an upload may replace the file in between.
        try (var in = FileChannel.open(file)) {
            var length = Long.toString(in.size());
            send.send(new HttpResponseStart(
                    200, Headers.of("content-type", "application/octet-stream", "content-length", length)));
            if (http.extensions().has(ZeroCopySend.class)) {
                send.send(new HttpResponseZeroCopySend(in, null, null, false));
            } else {
                stream(in, send);
            }
            return true;
        }
    }

    private static void stream(FileChannel in, Send send) throws IOException, InterruptedException {
        var bytes = Channels.newInputStream(in);
        for (var chunk = bytes.readNBytes(CHUNK); chunk.length > 0; chunk = bytes.readNBytes(CHUNK)) {
            send.send(HttpResponseBody.more(chunk));
        }
        send.send(HttpResponseBody.end());
    }
}
