package io.asgi4j.tck.wire;

/** Ends a reading early. It never leaves this package: what is known until then is the result. */
@SuppressWarnings("serial") // never serialised
final class Cut extends Exception {
    private final Anomaly anomaly;

    Cut(Anomaly.Kind kind, String detail) {
        super(detail, null, false, false);
        this.anomaly = new Anomaly(kind, detail);
    }

    Anomaly anomaly() {
        return anomaly;
    }
}
