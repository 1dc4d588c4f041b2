package io.asgi4j.server.netty.listener;

import io.asgi4j.server.netty.http1.Http1Driver;
import io.asgi4j.server.netty.http2.Http2Driver;
import io.asgi4j.spec.extension.Tls;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The protocols that the connections of one event loop may speak, each with its driver. */
final class Drivers {
    /** What is offered by ALPN (RFC 7301), the best first. */
    static final List<String> PROTOCOLS = List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);

    private final Http1Driver http1;
    private final Http2Driver http2;
    private final Duration headerTimeout;

    /**
     * The drivers of an event loop.
     *
     * @param headerTimeout how long a client may take to complete the preface of HTTP/2
     */
    Drivers(Http1Driver http1, Http2Driver http2, Duration headerTimeout) {
        this.http1 = http1;
        this.http2 = http2;
        this.headerTimeout = headerTimeout;
    }

    /** Serves a connection without TLS, whose first octets tell the protocol. */
    void install(Channel channel) {
        channel.pipeline().addLast(new PriorKnowledge(http2, headerTimeout.toNanos()));
        http1.install(channel, null);
    }

    /**
     * Serves a connection after its TLS handshake.
     *
     * @param protocol the one of {@link #PROTOCOLS} that was agreed on, or null if the client knows no ALPN
     */
    void install(Channel channel, @Nullable String protocol, Tls tls) {
        switch (protocol) {
            case null -> http1.install(channel, tls);
            case ApplicationProtocolNames.HTTP_1_1 -> http1.install(channel, tls);
            case ApplicationProtocolNames.HTTP_2 -> http2.install(channel, tls);
            default -> throw new IllegalStateException("nobody offered " + protocol);
        }
    }
}
