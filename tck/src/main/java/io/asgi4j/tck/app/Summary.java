package io.asgi4j.tck.app;

import io.asgi4j.tck.script.Defaults;
import io.asgi4j.tck.script.Sha256;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** The sums of the events of a {@code receive_until}. Owned by the thread that receives. */
final class Summary {
    private static final Set<String> LAST = Set.of("http.disconnect", "websocket.disconnect", "lifespan.shutdown");

    private final MessageDigest digest = Sha256.start();
    private long count;
    private long bytes;
    private Dict latest = Dict.empty();

    void add(Dict event) {
        count++;
        latest = event;
        for (var value : event.entries().values()) {
            if (value instanceof Value.KnownBytes content) {
                add(content.toByteArray());
            }
        }
        if (event.get("text") instanceof Value.Text text) {
            add(text.text().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void add(byte[] content) {
        digest.update(content);
        bytes += content.length;
    }

    /** Tells whether the event that was added last is the one to receive up to. */
    boolean isEnd(Step.ReceiveUntil step) {
        return LAST.contains(latest.type())
                || count == step.count()
                || (latest.type().equals(step.type()) && Defaults.holds(latest, step.where()));
    }

    /** The sums; nothing can be added any more. */
    Dict describe() {
        return Dict.empty()
                .with("count", count)
                .with("bytes", bytes)
                .with("sha256", HexFormat.of().formatHex(digest.digest()));
    }
}
