package io.asgi4j.spec;

import io.asgi4j.spec.extension.Debug;
import io.asgi4j.spec.extension.DenialResponse;
import io.asgi4j.spec.extension.EarlyHint;
import io.asgi4j.spec.extension.HttpRequestTrailers;
import io.asgi4j.spec.extension.HttpResponseDebug;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponsePush;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import io.asgi4j.spec.extension.PathSend;
import io.asgi4j.spec.extension.RequestTrailers;
import io.asgi4j.spec.extension.ResponseTrailers;
import io.asgi4j.spec.extension.ServerPush;
import io.asgi4j.spec.extension.Tls;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import io.asgi4j.spec.extension.ZeroCopySend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One of each kind. */
final class Examples {
    static final List<Event> EVENTS = List.of(
            HttpRequest.end(),
            new HttpDisconnect(),
            new HttpResponseStart(200),
            HttpResponseBody.end(),
            new WebSocketConnect(),
            new WebSocketAccept(),
            WebSocketReceive.text("hello"),
            WebSocketSend.text("hello"),
            new WebSocketClose(),
            new WebSocketDisconnect(1000, ""),
            new LifespanStartup(),
            new LifespanStartupComplete(),
            new LifespanStartupFailed(""),
            new LifespanShutdown(),
            new LifespanShutdownComplete(),
            new LifespanShutdownFailed(""),
            new HttpRequestTrailers(Headers.of("a", "1")),
            new HttpResponsePush("/style.css", Headers.empty()),
            new HttpResponseZeroCopySend(anyFile()),
            new HttpResponsePathSend(Path.of("").toAbsolutePath()),
            new HttpResponseEarlyHint(List.of("</style.css>; rel=preload")),
            new HttpResponseTrailers(Headers.of("a", "1")),
            new HttpResponseDebug(Map.of("template", "index.html")),
            new WebSocketHttpResponseStart(401),
            WebSocketHttpResponseBody.end());

    static final List<Extension> EXTENSIONS = List.of(
            new Tls(null, List.of(), null, null, 0x0304, 0x1301),
            new ServerPush(),
            new ZeroCopySend(),
            new PathSend(),
            new EarlyHint(),
            new ResponseTrailers(),
            new Debug(),
            new DenialResponse(),
            new RequestTrailers());

    private Examples() {}

    /** A channel that is closed at once: an event does not read from it. */
    static FileChannel anyFile() {
        try (var file = FileChannel.open(Path.of("pom.xml"))) {
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
