package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response.
 *
 * <p>Thread ownership: guarded by the lock of the wire. Any thread may send; one at a time may receive; both let go of
 * the lock while they wait.
 *
 * <p>Keeps: the tables "HTTP: the request" and "HTTP: which event is legal when"; {@code http.response.*},
 * {@code http.disconnect.*}, {@code errors.*}, {@code threads.*}, {@code flow.send-blocks}, {@code cancellation.*}.
 */
final class HttpExchange implements Exchange {
    /** How far the response is; the text ends the sentence that refuses an event. */
    private enum Stage {
        WAITING("before http.response.start"),
        STARTED("after http.response.start"),
        COMPLETE("after the response is complete");

        private final String text;

        Stage(String text) {
            this.text = text;
        }
    }

    private static final Logger LOG = System.getLogger(HttpExchange.class.getName());
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final long UNKNOWN = -1;

    private final Wire wire;
    private final Limits limits;
    private final RequestHead head;
    private final Body body;
    private final Once disconnected = new Once();
    private final Once draining;

    private boolean receiving;
    private boolean bodyTold;
    private boolean continued;

    private Stage stage = Stage.WAITING;
    private boolean bodiless;
    private boolean chunked;

    /** What the application promised, or {@link #UNKNOWN}. */
    private long length = UNKNOWN;

    private long sent;

    /** Whether the connection can be used again. */
    private boolean kept;

    /** Whether the response was cut: the client has been given up. */
    private boolean cut;

    HttpExchange(Wire wire, Limits limits, RequestHead head, Body body, Once draining) {
        this.wire = wire;
        this.limits = limits;
        this.head = head;
        this.body = body;
        this.draining = draining;
        this.kept = head.keepsConnection();
    }

    Once disconnected() {
        return disconnected;
    }

    /** Blocks until the exchange is over; returns whether the connection can be used again. */
    boolean awaitOver() throws InterruptedException {
        wire.lock();
        try {
            while (stage != Stage.COMPLETE && !wire.gone()) {
                wire.await();
            }
            wire.flush();
            return kept && !wire.gone();
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
            if (stage == Stage.COMPLETE || cut) {
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
                refuse(broken);
                cut();
            }
        }
    }

    private void sendContinue() {
        if (head.expectsContinue() && !continued && stage == Stage.WAITING && wire.buffered() == 0) {
            continued = true;
            wire.write(Response.CONTINUE.duplicate());
        }
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
                start(start);
            } else if (event instanceof HttpResponseBody part) {
                body(part);
            }
            wire.changed();
        } finally {
            wire.unlock();
        }
    }

    private void requireLegal(OutboundEvent event) throws Gone {
        if (wire.gone() || cut) {
            throw new Gone(this);
        }
        if (event instanceof HttpResponseStart start) {
            requireLegal(start);
        } else if (event instanceof HttpResponseBody part) {
            if (stage != Stage.STARTED) {
                throw new IllegalEventException(stage.text, event);
            }
            if (length != UNKNOWN && sent + part.body().remaining() > length) {
                throw new IllegalEventException("beyond the content-length of " + length, event);
            }
        } else {
            throw new IllegalEventException("in an HTTP exchange, " + stage.text, event);
        }
    }

    private void requireLegal(HttpResponseStart start) {
        if (stage != Stage.WAITING) {
            throw new IllegalEventException(stage.text, start);
        }
        if (start.trailers()) {
            throw new IllegalEventException("with trailers, which are not offered", start);
        }
        var lengths = start.headers().all("content-length");
        if (lengths.size() > 1
                || (lengths.size() == 1 && !LENGTH.matcher(lengths.get(0)).matches())) {
            throw new IllegalEventException("with a content-length that is not one number", start);
        }
    }

    private void start(HttpResponseStart start) {
        var promised = start.headers().first("content-length");
        length = promised == null ? UNKNOWN : Long.parseLong(promised);
        bodiless = head.method().equals("HEAD") || start.status() == 204 || start.status() == 304;
        chunked = !bodiless && length == UNKNOWN && head.version().equals("1.1");
        kept &= (bodiless || chunked || length != UNKNOWN)
                && !draining.isSet()
                && RequestHead.elements(start.headers(), "connection").stream().noneMatch("close"::equalsIgnoreCase)
                // A client that still waits for 100 Continue sends the body or does not: nobody could tell.
                && (!head.expectsContinue() || continued || body.taken() > 0);
        wire.write(Response.head(start.status(), fields(start)));
        stage = Stage.STARTED;
    }

    private Headers fields(HttpResponseStart start) {
        var fields = Headers.builder();
        for (var field : start.headers()) {
            if (!OWN_FIELDS.contains(field.name())
                    && !(start.status() == 204 && field.name().equals("content-length"))) {
                fields.add(field);
            }
        }
        if (chunked) {
            fields.add("transfer-encoding", "chunked");
        }
        if (!kept) {
            fields.add("connection", "close");
        }
        return fields.build();
    }

    private void body(HttpResponseBody part) {
        var bytes = part.body();
        sent += bytes.remaining();
        if (!bodiless && bytes.hasRemaining()) {
            if (chunked) {
                wire.write(Response.chunkSize(bytes.remaining()), bytes, Response.LINE_END.duplicate());
            } else {
                wire.write(bytes);
            }
        }
        if (part.moreBody()) {
            return;
        }
        if (!bodiless && length != UNKNOWN && sent < length) {
            LOG.log(Level.ERROR, "the response to {0} ends after {1} of {2} bytes", head.rawPath(), sent, length);
            cut();
            return;
        }
        if (chunked) {
            wire.write(Response.LAST_CHUNK.duplicate());
        }
        complete();
    }

    private void complete() {
        stage = Stage.COMPLETE;
        disconnected.set();
        wire.changed();
    }

    /** Gives the client up: what was promised will not come, and nothing may look as if it had. */
    private void cut() {
        cut = true;
        kept = false;
        if (stage == Stage.STARTED && !bodiless && !chunked && length == UNKNOWN) {
            wire.abort(); // the end of the connection would look like the end of the body
        }
        complete();
    }

    /** Answers in place of the application, if that has not begun to. */
    private void refuse(Refusal refusal) {
        if (stage == Stage.WAITING) {
            kept = false;
            wire.write(Response.refusal(refusal, head.method().equals("HEAD")));
        }
    }

    @Override
    public void ended(@Nullable Throwable failure, boolean interrupted) {
        wire.lock();
        try {
            log(failure, interrupted);
            if (stage == Stage.WAITING) {
                refuse(new Refusal(500, "Internal Server Error"));
                complete();
            } else if (stage == Stage.STARTED) {
                cut();
            }
        } finally {
            wire.unlock();
        }
    }

    private void log(@Nullable Throwable failure, boolean interrupted) {
        if (failure == null) {
            if (stage != Stage.COMPLETE && !wire.left()) {
                LOG.log(Level.ERROR, "the application returned " + stage.text + " and before the end of the response");
            }
        } else if (!Gone.caused(failure, this) && !(interrupted && failure instanceof InterruptedException)) {
            LOG.log(Level.ERROR, "the application failed " + stage.text, failure);
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
