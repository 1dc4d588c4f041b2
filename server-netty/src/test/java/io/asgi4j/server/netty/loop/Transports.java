package io.asgi4j.server.netty.loop;

import io.asgi4j.server.netty.options.TransportMode;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.stream.Stream;

/** The transports that this machine has. */
final class Transports {
    private Transports() {}

    static Stream<TransportMode> available() {
        return Stream.of(TransportMode.values()).filter(mode -> switch (mode) {
            case AUTO -> false;
            case NIO -> true;
            case EPOLL -> Epoll.isAvailable();
            case IO_URING -> IoUring.isAvailable();
        });
    }
}
