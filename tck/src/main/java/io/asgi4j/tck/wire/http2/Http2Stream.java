package io.asgi4j.tck.wire.http2;

import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Ending;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Fields;
import io.asgi4j.tck.wire.Framing;
import io.asgi4j.tck.wire.InterimResponse;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import io.asgi4j.tck.wire.StatusLine;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What has come on a stream. Owned by the thread of its {@link Http2Client}. */
final class Http2Stream {
    private final List<InterimResponse> interims = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<Anomaly> anomalies = new ArrayList<>();
    private StatusLine statusLine = StatusLine.NONE;
    private Fields fields = Fields.NONE;
    private Fields trailers = Fields.NONE;
    private boolean hasEnded;
    private boolean isReset;

    /** Takes a field section: of an interim response, of the final one, or behind its body. */
    void section(List<Field> section, boolean isLast) {
        var regular = new Fields(
                section.stream().filter(field -> !field.name().startsWith(":")).toList());
        if (statusLine.status() != 0) {
            trailers = regular;
        } else {
            var status = section.stream()
                    .filter(field -> field.name().equals(":status"))
                    .map(Field::value)
                    .findFirst()
                    .orElse("");
            var line = StatusLine.parse(Octets.latin1("HTTP/2 " + status + " "));
            if (line.status() == 0) {
                anomalies.add(new Anomaly(Anomaly.Kind.MALFORMED_STATUS_LINE, ":status is \"" + status + "\""));
            } else if (line.status() < 200) {
                interims.add(new InterimResponse(line, regular));
            } else {
                statusLine = line;
                fields = regular;
            }
        }
        hasEnded |= isLast;
    }

    /** Takes content. */
    void data(Octets octets, boolean isLast) {
        body.writeBytes(octets.toByteArray());
        hasEnded |= isLast;
    }

    /** The server has reset it. */
    void reset(int error) {
        isReset = true;
        if (!hasEnded) {
            anomalies.add(new Anomaly(Anomaly.Kind.PREMATURE_END, "the stream was reset with error " + error));
        }
    }

    /** Whether nothing more can come. */
    boolean isOver() {
        return hasEnded || isReset;
    }

    int bodySize() {
        return body.size();
    }

    /** What has come, and what kept the rest from coming. */
    Response response(Ending ending) {
        var all = new ArrayList<>(anomalies);
        if (!isOver()) {
            all.add(
                    ending == Ending.OPEN
                            ? new Anomaly(Anomaly.Kind.TIMED_OUT, "the stream did not end in time")
                            : new Anomaly(
                                    statusLine.status() == 0 ? Anomaly.Kind.NO_RESPONSE : Anomaly.Kind.PREMATURE_END,
                                    "the connection is " + ending));
        }
        return new Response(
                interims,
                statusLine,
                fields,
                Framing.NONE,
                Octets.of(body.toByteArray()),
                List.of(),
                trailers,
                hasEnded && statusLine.status() != 0,
                all,
                ending);
    }
}
