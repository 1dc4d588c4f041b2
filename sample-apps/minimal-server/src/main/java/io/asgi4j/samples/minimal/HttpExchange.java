package io.asgi4j.samples.minimal;

import io.asgi4j.samples.minimal.HttpResponse.Stage;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response.
 *
 * <p>Thread ownership: guarded by the lock of the wire. Any thread may send; one at a time may receive; both let go of
 * the lock while they wait.
 *
 * <p>Keeps: the table "HTTP: the request"; {@code http.request.*}, {@code http.disconnect.*}, {@code errors.*}, {@code threads.*}, {@code flow.send-blocks}, {@code cancellation.*}.
 */
final class HttpExchange implements Exchange {
    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());

    private final Wire wire;
    private final Limits limits;
    private final RequestHead head;
    private final Body body;
    private final HttpResponse response;
    private final Once disconnected = new Once();
    private final Once draining;

    private boolean receiving;
    private boolean bodyTold;
    private boolean continued;

    HttpExchange(Wire wire, Limits limits, RequestHead head, Body body, Once draining) {
        this.wire = wire;
        this.limits = limits;
        this.head = head;
        this.body = body;
        this.draining = draining;
        this.response = new HttpResponse(wire, head);
    }

    Once disconnected() {
        return disconnected;
    }

    /** Blocks until the exchange is over; returns whether the connection can be used again. */
    boolean awaitOver() throws InterruptedException {
        wire.lock();
        try {
            while (response.stage() != Stage.COMPLETE && !wire.gone()) {
                wire.await();
            }
            wire.flush();
            return response.keepsConnection() && !wire.gone();
        } finally {
            wire.unlock();
        }
    }

    @Override
    public InboundEvent receive() throws InterruptedException {
        wire.lock();
        try {
            if (receiving) {
                throw new IllegalStateException("another receive of this exchange is in progress");
            }
            receiving = true;
            try {
                return next();
            } finally {
                receiving = false;
            }
        } finally {
            wire.unlock();
        }
    }

    /** The table "HTTP: the request", line by line. */
    private InboundEvent next() throws InterruptedException {
        var deadline = limits.deadline(Limit.BODY_MILLIS);
        while (true) {
            if (response.stage() == Stage.COMPLETE) {
                return new HttpDisconnect();
            }
            try {
                var bytes = body.poll();
                if (bytes != null) {
                    bodyTold = body.ended();
                    return new HttpRequest(bytes, !bodyTold);
                }
                if (body.ended() && !bodyTold) {
                    bodyTold = true;
                    return HttpRequest.end();
                }
                if (wire.left()) {
                    if (!bodyTold) {
                        cut();
                    }
                    return new HttpDisconnect();
                }
                if (bodyTold) {
                    wire.await();
                } else {
                    sendContinue();
                    if (!wire.awaitUntil(deadline)) {
                        throw new Refusal(408, "The body takes too long.");
                    }
                }
            } catch (Refusal broken) {
                if (response.stage() == Stage.WAITING) {
                    response.replace(broken);
                }
                cut();
            }
        }
    }

    private void sendContinue() {
        if (awaitsContinue() && response.stage() == Stage.WAITING && wire.buffered() == 0) {
            continued = true;
            wire.write(Response.CONTINUE.duplicate());
        }
    }

    /** Whether the client still waits for 100 Continue, as far as the server knows. */
    private boolean awaitsContinue() {
        return head.expectsContinue() && !continued && body.taken() == 0;
    }

    @Override
    public void send(OutboundEvent event) throws Gone, InterruptedException {
        Objects.requireNonNull(event, "event");
        wire.lock();
        try {
            requireLegal(event);
            while (!wire.hasRoom()) {
                wire.awaitWriter();
                requireLegal(event);
            }
            if (event instanceof HttpResponseStart start) {
                // A client that awaits 100 Continue sends the body or does not: nobody could tell.
                response.start(start, !draining.isSet() && !awaitsContinue());
            } else if (event instanceof HttpResponseBody part) {
                response.body(part);
            }
            changed();
        } finally {
            wire.unlock();
        }
    }

    private void requireLegal(OutboundEvent event) throws Gone {
        if (wire.gone() || response.isCut()) {
            throw new Gone(this);
        }
        response.requireLegal(event);
    }

    /** Wakes whoever waits, after the response has changed. */
    private void changed() {
        if (response.stage() == Stage.COMPLETE) {
            disconnected.set();
        }
        wire.changed();
    }

    private void cut() {
        response.cut();
        changed();
    }

    @Override
    public void ended(@Nullable Throwable failure, boolean interrupted) {
        wire.lock();
        try {
            log(failure, interrupted);
            switch (response.stage()) {
                case WAITING -> response.replace(new Refusal(500, "Internal Server Error"));
                case STARTED -> response.cut();
                case COMPLETE -> {}
            }
            changed();
        } finally {
            wire.unlock();
        }
    }

    private void log(@Nullable Throwable failure, boolean interrupted) {
        if (failure == null) {
            if (response.stage() != Stage.COMPLETE && !wire.left()) {
                LOG.log(
                        Level.ERROR,
                        "the application returned " + response.stage() + " and before the end of the response");
            }
        } else if (!Gone.caused(failure, this) && !(interrupted && failure instanceof InterruptedException)) {
            LOG.log(Level.ERROR, "the application failed " + response.stage(), failure);
        }
    }

    /** Takes what is left of the body out of the wire; returns whether it came to its end within the limits. */
    boolean skipBody() throws InterruptedException {
        wire.lock();
        try {
            var deadline = limits.deadline(Limit.UNREAD_MILLIS);
            var read = body.taken();
            while (!body.ended() && body.taken() - read <= limits.get(Limit.UNREAD_BYTES)) {
                ByteBuffer bytes = body.poll();
                if (bytes == null && !body.ended() && (wire.left() || !wire.awaitUntil(deadline))) {
                    return false;
                }
            }
            return body.ended();
        } catch (Refusal broken) {
            return false;
        } finally {
            wire.unlock();
        }
    }
}
