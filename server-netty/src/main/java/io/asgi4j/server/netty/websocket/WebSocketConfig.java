package io.asgi4j.server.netty.websocket;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import java.time.Duration;

/**
 * The limits and time-outs of one WebSocket.
 *
 * @param maxMessageSize octets of one message after decompression, 1 to {@value #LARGEST_MESSAGE_SIZE}; more is
 *     answered with 1009
 * @param pingInterval how often a ping is sent; zero sends none
 * @param pingTimeout how long a pinged peer may stay wholly silent, before it is given up with 1011
 * @param maxControlFrames pings and pongs that the peer may send within a second; more are answered with 1008
 * @param closeTimeout how long the peer may take to answer a Close frame, and then to take the last bytes
 * @param deflate whether permessage-deflate is agreed to when offered; costs up to 300 KiB
 * @param deflateLevel how hard messages are compressed, 1 (fast) to 9 (small)
 */
public record WebSocketConfig(
        int maxMessageSize,
        Duration pingInterval,
        Duration pingTimeout,
        int maxControlFrames,
        Duration closeTimeout,
        boolean deflate,
        int deflateLevel) {
    /** What fits into a Java array on every JVM, and one octet less, which is needed to notice an excess. */
    public static final int LARGEST_MESSAGE_SIZE = Integer.MAX_VALUE - 16;

    /** 16 MiB, pings every 20 s with 20 s to answer, 100 a second from the peer, 10 s to close, compression on. */
    public static final WebSocketConfig DEFAULT = new WebSocketConfig(
            16 * 1024 * 1024, Duration.ofSeconds(20), Duration.ofSeconds(20), 100, Duration.ofSeconds(10), true, 6);

    /** What the options say. */
    public static WebSocketConfig of(Options options) {
        return new WebSocketConfig(
                options.get(ServerOptions.WS_MAX_MESSAGE_SIZE),
                options.get(ServerOptions.WS_PING_INTERVAL),
                options.get(ServerOptions.WS_PING_TIMEOUT),
                options.get(ServerOptions.WS_MAX_CONTROL_FRAMES),
                options.get(ServerOptions.WS_CLOSE_TIMEOUT),
                options.get(ServerOptions.WS_DEFLATE),
                options.get(ServerOptions.WS_DEFLATE_LEVEL));
    }

    public WebSocketConfig {
        if (maxMessageSize < 1 || maxMessageSize > LARGEST_MESSAGE_SIZE) {
            throw new IllegalArgumentException("maxMessageSize is out of range: " + maxMessageSize);
        }
        if (maxControlFrames < 1) {
            throw new IllegalArgumentException("maxControlFrames is out of range: " + maxControlFrames);
        }
        if (deflateLevel < 1 || deflateLevel > 9) {
            throw new IllegalArgumentException("deflateLevel is out of range: " + deflateLevel);
        }
        if (pingInterval.isNegative() || !isPositive(pingTimeout) || !isPositive(closeTimeout)) {
            throw new IllegalArgumentException("a WebSocket time-out is not positive: ping every " + pingInterval
                    + ", ping time-out " + pingTimeout + ", close time-out " + closeTimeout);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
