package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Connection;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Signal;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketScope;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: a request, its response, the next request.
 *
 * <p>Thread ownership: its fields belong to the thread that runs it, a virtual one of its own. That thread waits under
 * the lock of the wire.
 *
 * <p>Keeps: {@code http.connection.*}, {@code http.invalid.*}, {@code state.copied}, {@code core.call.isolated},
 * {@code core.version.http}, {@code http.scope.client}, {@code http.scope.server}, {@code shutdown.connections-close},
 * {@code shutdown.late-requests}.
 */
final class HttpConnection implements Runnable {
    private final Wire wire;
    private final Limits limits;
    private final Calls calls;
    private final State state;
    private final Draining draining;

    /** Held here, since the draining holds it weakly. */
    private final Once shutdown;

    HttpConnection(Wire wire, Limits limits, Calls calls, State state, Draining draining) {
        this.wire = wire;
        this.limits = limits;
        this.calls = calls;
        this.state = state;
        this.draining = draining;
        this.shutdown = draining.signal();
    }

    @Override
    public void run() {
        shutdown.onSet(this::wake);
        wire.start();
        try {
            while (serveNext()) {}
            wire.lock();
            try {
                wire.finish();
            } finally {
                wire.unlock();
            }
        } catch (InterruptedException impossible) {
            throw new AssertionError("nobody interrupts the thread of a connection", impossible);
        } finally {
            wire.close();
        }
    }

    private void wake() {
        wire.lock();
        try {
            wire.changed();
        } finally {
            wire.unlock();
        }
    }

    /** Ends the connection, whatever goes on. */
    void abort() {
        wire.lock();
        try {
            wire.abort();
        } finally {
            wire.unlock();
        }
    }

    /** Returns whether there may be another request. */
    private boolean serveNext() throws InterruptedException {
        RequestHead head;
        @Nullable WebSocketOffer offer;
        wire.lock();
        try {
            head = awaitIdle() ? readHead() : null;
            if (head == null) {
                return false;
            }
            offer = WebSocketOffer.of(head);
            if (head.length() > limits.get(Limit.BODY_BYTES)) {
                throw new Refusal(413, "The body is too large.");
            }
        } catch (Refusal refusal) {
            wire.write(Response.refusal(refusal, false));
            return false;
        } finally {
            wire.unlock();
        }
        if (offer != null) {
            serve(head, offer);
            return false;
        }
        return serve(head);
    }

    private boolean serve(RequestHead head) throws InterruptedException {
        var signal = draining.signal();
        var exchange = new HttpExchange(wire, limits, head, new Body(wire, limits, head.length()), signal);
        watch(exchange.disconnected());
        calls.start(scope(head, new Signals(exchange.disconnected(), signal)), exchange);
        return exchange.awaitOver() && exchange.skipBody();
    }

    private void serve(RequestHead head, WebSocketOffer offer) throws InterruptedException {
        var signal = draining.signal();
        var exchange = new WebSocketExchange(wire, limits, offer, signal);
        watch(exchange.disconnected());
        calls.start(scope(head, offer, new Signals(exchange.disconnected(), signal)), exchange);
        new WebSocketReader(wire, limits, exchange).run();
    }

    private void watch(Once disconnected) {
        wire.lock();
        try {
            wire.onLeaving(disconnected);
        } finally {
            wire.unlock();
        }
    }

    /** Blocks until a request begins; returns false if none does in time. */
    private boolean awaitIdle() throws InterruptedException {
        var idle = limits.deadline(Limit.IDLE_MILLIS);
        @Nullable Long late = null;
        while (wire.buffered() == 0) {
            if (late == null && shutdown.isSet()) {
                late = limits.deadline(Limit.LATE_MILLIS);
            }
            if (wire.left() || !wire.awaitUntil(late == null ? idle : late)) {
                return false;
            }
        }
        return true;
    }

    /** Blocks until the head of a request is there; returns null if the client has left before its end. */
    private @Nullable RequestHead readHead() throws InterruptedException, Refusal {
        var deadline = limits.deadline(Limit.HEAD_MILLIS);
        var lines = new ArrayList<String>();
        var bytes = 0;
        while (true) {
            var line = wire.pollLine(lines.isEmpty() ? 414 : 431);
            if (line == null) {
                if (wire.left()) {
                    return null;
                }
                if (!wire.awaitUntil(deadline)) {
                    throw new Refusal(408, "The head of the request takes too long.");
                }
                continue;
            }
            bytes += line.length() + 2;
            if (bytes > limits.get(Limit.HEAD_BYTES) || lines.size() > limits.get(Limit.HEAD_FIELDS)) {
                throw new Refusal(431, "The head of the request is too large.");
            }
            if (!line.isEmpty()) {
                lines.add(line);
            } else if (!lines.isEmpty()) { // empty lines in front of a request are tolerated (RFC 9112 section 2.2)
                return RequestHead.parse(lines);
            }
        }
    }

    private HttpScope scope(RequestHead head, Signals signals) {
        return HttpScope.builder()
                .httpVersion(head.version())
                .method(head.method())
                .path(head.path())
                .rawPath(head.rawPath())
                .queryString(head.query())
                .headers(head.headers())
                .client(wire.client())
                .server(wire.server())
                .state(state.copy())
                .connection(signals)
                .build();
    }

    private WebSocketScope scope(RequestHead head, WebSocketOffer offer, Signals signals) {
        return WebSocketScope.builder()
                .httpVersion(head.version())
                .scheme("ws")
                .path(head.path())
                .rawPath(head.rawPath())
                .queryString(head.query())
                .headers(head.headers())
                .client(wire.client())
                .server(wire.server())
                .subprotocols(offer.subprotocols())
                .state(state.copy())
                .connection(signals)
                .build();
    }

    private record Signals(Signal disconnected, Signal draining) implements Connection {}
}
