package io.asgi4j.samples.minimal;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A client's connection: a request with its response, then the next. It has a thread of its own, which reads. */
final class HttpConnection {
    private final MinimalServer server;
    private final Wire wire;
    private @Nullable ClientExchange<?> current;

    HttpConnection(MinimalServer server, Wire wire) {
        this.server = server;
        this.wire = wire;
    }

    /** Serves the client until one of the two wants no more. */
    void run() {
        var writer = Thread.startVirtualThread(wire::writeOut);
        try {
            while (serveNext()) {}
        } catch (Refusal refusal) {
            wire.monitor.change(() -> wire.refuse(refusal));
        } catch (IOException | RejectedExecutionException over) {
            // The client has left amid a head, or the server has ended.
        }
        wire.close(writer);
    }

    private boolean serveNext() throws IOException {
        expect(server.draining ? Limit.LATE_MILLIS : Limit.IDLE_MILLIS);
        if (!wire.awaitInput()) {
            return false;
        }
        expect(Limit.HEAD_MILLIS);
        var head = RequestHead.read(wire);
        var exchange = head.asksForWebSocket()
                ? new WebSocketExchange(server, wire, head)
                : new HttpExchange(server, wire, head);
        wire.monitor.change(() -> {
            current = exchange;
            wire.takeYourTime();
        });
        server.call(exchange);
        return exchange.feed();
    }

    private void expect(Limit limit) {
        wire.monitor.change(() -> wire.within(limit, wire::stopReading));
    }

    /** Closes the connection if it is idle, but not before a request that is on its way had time to come. */
    void drain() {
        wire.monitor.change(() -> {
            if (current == null || current.isOver()) {
                wire.within(Limit.LATE_MILLIS, wire::stopReading);
            }
        });
    }

    void abort() {
        wire.abort();
    }
}
