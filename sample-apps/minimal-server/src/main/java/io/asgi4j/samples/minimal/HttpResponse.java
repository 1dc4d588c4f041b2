package io.asgi4j.samples.minimal;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How far the response to one request is, and what becomes of it on the wire.
 *
 * <p>Thread ownership: guarded by the lock of the wire.
 *
 * <p>Keeps: the table "HTTP: which event is legal when"; {@code http.response.*},
 * {@code errors.incomplete-response-truncated}, {@code core.events.illegal-without-effect}.
 */
final class HttpResponse {
    /** How far it is; the text ends the sentence that refuses an event. */
    enum Stage {
        WAITING("before http.response.start"),
        STARTED("after http.response.start"),
        COMPLETE("after the response is complete");

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final Logger LOG = System.getLogger(HttpResponse.class.getName());
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final long UNKNOWN = -1;

    private final Wire wire;
    private final RequestHead head;

    private Stage stage = Stage.WAITING;
    private boolean bodiless;
    private boolean chunked;

    /** What the application promised, or {@link #UNKNOWN}. */
    private long length = UNKNOWN;

    private long sent;
    private boolean kept;
    private boolean cut;

    HttpResponse(Wire wire, RequestHead head) {
        this.wire = wire;
        this.head = head;
        this.kept = head.keepsConnection();
    }

    Stage stage() {
        return stage;
    }

    /** Whether the connection can be used again. */
    boolean keepsConnection() {
        return kept;
    }

    /** Whether the response was cut, and so the client given up. */
    boolean isCut() {
        return cut;
    }

    void requireLegal(OutboundEvent event) {
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

    /** Sends the head; the connection is kept only if the caller and all that is known of the response allow it. */
    void start(HttpResponseStart start, boolean keep) {
        var promised = start.headers().first("content-length");
        length = promised == null ? UNKNOWN : Long.parseLong(promised);
        bodiless = head.method().equals("HEAD") || start.status() == 204 || start.status() == 304;
        chunked = !bodiless && length == UNKNOWN && head.version().equals("1.1");
        kept &= keep
                && (bodiless || chunked || length != UNKNOWN)
                && RequestHead.elements(start.headers(), "connection").stream().noneMatch("close"::equalsIgnoreCase);
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

    void body(HttpResponseBody part) {
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
        stage = Stage.COMPLETE;
    }

    /** Gives the client up: what was promised will not come, and nothing may look as if it had. */
    void cut() {
        cut = true;
        kept = false;
        if (stage == Stage.STARTED && !bodiless && !chunked && length == UNKNOWN) {
            wire.abort(); // the end of the connection would look like the end of the body
        }
        stage = Stage.COMPLETE;
    }

    /** Answers in place of the application, which has not begun to. */
    void replace(Refusal refusal) {
        kept = false;
        wire.write(Response.refusal(refusal, head.method().equals("HEAD")));
        stage = Stage.COMPLETE;
    }
}
