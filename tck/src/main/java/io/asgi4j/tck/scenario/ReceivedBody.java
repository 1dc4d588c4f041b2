package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Sha256;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * What the {@code http.request} events of a call brought together, whether they were traced one by one or as a sum.
 *
 * @param events how many they were, as far as they were traced
 * @param shown the bytes in words
 * @param complete whether the last one says that it is the last
 */
record ReceivedBody(int events, long length, String sha256, String shown, boolean complete) {
    private static final EntryMatcher LAST = EntryMatcher.of(Kind.RECEIVED).with("more_body", false);

    static ReceivedBody of(TraceView trace, int call) {
        var requests = trace.ofCall(call).stream()
                .filter(entry -> entry.kind() == Kind.RECEIVED)
                .filter(entry -> entry.eventType().equals("http.request"))
                .toList();
        var complete = !requests.isEmpty() && LAST.matches(requests.getLast(), Facts.NONE);
        for (var entry : requests) {
            if (entry.details().get("sha256") instanceof Value.Text sha
                    && entry.details().get("bytes") instanceof Value.Whole length) {
                var shown = Words.of(new Value.DigestedBytes(length.number(), sha.text()));
                return new ReceivedBody(requests.size(), length.number(), sha.text(), shown, complete);
            }
        }
        var octets = octets(requests);
        return new ReceivedBody(
                requests.size(), octets.size(), Sha256.of(octets.toByteArray()), octets.toString(), complete);
    }

    private static Octets octets(List<TraceEntry> requests) {
        var all = new ByteArrayOutputStream();
        for (var entry : requests) {
            if (entry.event() != null && entry.event().get("body") instanceof KnownBytes body) {
                all.writeBytes(body.toByteArray());
            }
        }
        return Octets.of(all.toByteArray());
    }
}
