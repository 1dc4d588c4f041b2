package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Headers;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;

/**
 * The order of a response's events: start, body parts, trailers; and the count of body bytes against the length that was
 * declared.
 *
 * <p>Guarded by the turn of the exchange that owns it. A refused event changes nothing.
 */
final class ResponseSequence {
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    /** So many always fit a {@code long}. */
    private static final int MOST_DIGITS = 18;

    /** Which events are legal now. */
    private enum Phase {
        UNSTARTED("before the response was started"),
        BODY("while the body of the response is being sent"),
        TRAILERS("after the last part of the body, where only trailers may follow"),
        COMPLETE("after the response was completed");

        private final String description;

        Phase(String description) {
            this.description = description;
        }
    }

    private final boolean headRequest;
    private Phase phase = Phase.UNSTARTED;
    private long declared = ResponseHead.UNDECLARED;
    private long sent;
    private boolean bodiless;
    private boolean trailersAnnounced;
    private boolean bodyBegun;

    ResponseSequence(boolean headRequest) {
        this.headRequest = headRequest;
    }

    boolean isStarted() {
        return phase != Phase.UNSTARTED;
    }

    boolean isComplete() {
        return phase == Phase.COMPLETE;
    }

    boolean isHeadRequest() {
        return headRequest;
    }

    /** Whether body bytes are counted and dropped. */
    boolean isBodiless() {
        return bodiless;
    }

    /** Whether fewer bytes were sent than were declared, where the client would notice. */
    boolean isShort() {
        return !bodiless && declared != ResponseHead.UNDECLARED && sent < declared;
    }

    /** Whether a body part was sent already. */
    boolean isBodyBegun() {
        return bodyBegun;
    }

    void requireUnstarted(OutboundEvent event) {
        require(Phase.UNSTARTED, event);
    }

    void requireBody(OutboundEvent event) {
        require(Phase.BODY, event);
    }

    /** The response starts. Returns its head for the driver. */
    ResponseHead start(int status, Headers headers, boolean trailers, boolean trailersAccepted, OutboundEvent event) {
        require(Phase.UNSTARTED, event);
        declared = declaredLength(headers, event);
        bodiless = headRequest || status == NO_CONTENT || status == NOT_MODIFIED;
        trailersAnnounced = trailers;
        phase = Phase.BODY;
        return new ResponseHead(status, headers, declared, bodiless, trailers && trailersAccepted);
    }

    /** A part of the body. Returns whether it ends the response. */
    boolean body(long bytes, boolean more, OutboundEvent event) {
        require(Phase.BODY, event);
        if (declared != ResponseHead.UNDECLARED && bytes > declared - sent) {
            throw new IllegalEventException(
                    "when %d of %d bytes declared by content-length were sent and %d more are given"
                            .formatted(sent, declared, bytes),
                    event);
        }
        sent += bytes;
        bodyBegun = true;
        if (more) {
            return false;
        }
        phase = trailersAnnounced ? Phase.TRAILERS : Phase.COMPLETE;
        return !trailersAnnounced;
    }

    /** Trailers. Returns whether they end the response. */
    boolean trailers(boolean more, OutboundEvent event) {
        require(Phase.TRAILERS, event);
        if (!more) {
            phase = Phase.COMPLETE;
        }
        return !more;
    }

    /** The server answers or gives up in the application's place; nothing is legal from now on. */
    void complete() {
        phase = Phase.COMPLETE;
    }

    private void require(Phase required, OutboundEvent event) {
        if (phase != required) {
            throw new IllegalEventException(phase.description, event);
        }
    }

    private static long declaredLength(Headers headers, OutboundEvent event) {
        String value = null;
        for (var field : headers) {
            if (field.name().equals("content-length")) {
                if (value != null) {
                    throw new IllegalEventException("with more than one content-length", event);
                }
                value = field.value();
            }
        }
        if (value == null) {
            return ResponseHead.UNDECLARED;
        }
        if (value.length() > MOST_DIGITS || !isDigits(value)) {
            throw new IllegalEventException("with a content-length that is not a number of bytes", event);
        }
        return Long.parseLong(value);
    }

    private static boolean isDigits(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return !value.isEmpty();
    }
}
