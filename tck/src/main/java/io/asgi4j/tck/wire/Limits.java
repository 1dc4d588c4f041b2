package io.asgi4j.tck.wire;

import java.time.Duration;

/**
 * What bounds the patience and the memory of a client.
 *
 * @param within how long to wait for what must happen; generous, because a wait ends as soon as it has happened
 * @param quiet how long to listen where it must be shown that nothing comes
 * @param transfer the longest time for one call that moves many bytes
 * @param head the largest head of a response, and the largest trailer section, in bytes
 * @param body the largest body of a response or message of a WebSocket, in bytes
 * @param interims the largest number of interim responses before a final one
 * @param frames the largest number of frames in a WebSocket message
 */
public record Limits(Duration within, Duration quiet, Duration transfer, int head, int body, int interims, int frames) {
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(5), Duration.ofMillis(150), Duration.ofSeconds(60), 256 * 1024, 64 << 20, 100, 200_000);

    /** The same sizes, and all times multiplied by a factor. */
    public Limits scaled(double factor) {
        if (!(factor > 0 && factor <= 1000)) {
            throw new IllegalArgumentException("a time factor is above 0 and at most 1000, not " + factor);
        }
        return new Limits(
                scaled(within, factor), scaled(quiet, factor), scaled(transfer, factor), head, body, interims, frames);
    }

    private static Duration scaled(Duration time, double factor) {
        return Duration.ofNanos(Math.round(time.toNanos() * factor));
    }
}
