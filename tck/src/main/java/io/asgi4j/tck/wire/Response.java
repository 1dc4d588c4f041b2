package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP/1 response, exactly as far as it came.
 *
 * @param interims the interim responses before it
 * @param statusLine {@link StatusLine#NONE} if none came
 * @param fields the fields of its head
 * @param framing how its body ends
 * @param body the bytes of its body, without the framing
 * @param chunks the chunks of its body, if it is chunked
 * @param trailers the fields behind a chunked body
 * @param isComplete whether it came to its end
 * @param anomalies what was wrong, in the order in which it was noticed
 * @param ending how the connection stood then
 */
public record Response(
        List<InterimResponse> interims,
        StatusLine statusLine,
        Fields fields,
        Framing framing,
        Octets body,
        List<Chunk> chunks,
        Fields trailers,
        boolean isComplete,
        List<Anomaly> anomalies,
        Ending ending) {

    public Response {
        interims = List.copyOf(interims);
        chunks = List.copyOf(chunks);
        anomalies = List.copyOf(anomalies);
    }

    /** The status; 0 if none came. */
    public int status() {
        return statusLine.status();
    }

    public boolean has(Anomaly.Kind kind) {
        return anomalies.stream().anyMatch(anomaly -> anomaly.kind() == kind);
    }

    /** Whether it is complete and nothing was wrong. */
    public boolean isClean() {
        return isComplete && anomalies.isEmpty();
    }

    /** The response in a few lines for people: heads as on the wire, the body shortened, what was wrong. */
    @Override
    public String toString() {
        var lines = new ArrayList<String>();
        for (var interim : interims) {
            lines.add(interim.statusLine().toString());
            interim.fields().forEach(field -> lines.add(field.toString()));
            lines.add("");
        }
        if (statusLine.equals(StatusLine.NONE)) {
            lines.add("(no response)");
        } else {
            lines.add(statusLine.toString());
            fields.forEach(field -> lines.add(field.toString()));
        }
        if (!body.isEmpty()) {
            lines.add("");
            lines.add(body.toString());
        }
        trailers.forEach(field -> lines.add("trailer " + field));
        anomalies.forEach(anomaly -> lines.add("(" + anomaly + ")"));
        if (ending != Ending.OPEN) {
            lines.add("(" + ending + ")");
        }
        return String.join("\n", lines);
    }
}
