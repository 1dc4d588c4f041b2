import org.jspecify.annotations.NullMarked;

/**
 * The reference ASGI server: a library, and a command line that runs applications.
 *
 * <p>{@link io.asgi4j.server.netty} is for those who embed the server, {@link io.asgi4j.server.netty.cli} for those who start it
 * from a {@code main}, {@link io.asgi4j.server.netty.options} for both. The packages behind it follow a request's way.
 */
@NullMarked
module io.asgi4j.server.netty {
    requires transitive io.asgi4j.spec;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.compression;
    requires io.netty.codec.http;
    requires io.netty.codec.http2;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.unix.common;
    requires info.picocli;
    requires org.slf4j;

    // Signals: the launcher ends gracefully on SIGINT and SIGTERM with a status of its own choice.
    requires jdk.unsupported;

    // The launcher sets Logback up where it is there; whoever embeds the server chooses for himself.
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;

    // Annotations only, read by compilers and checkers: nothing is needed at run time.
    requires static org.jspecify;

    exports io.asgi4j.server.netty;
    exports io.asgi4j.server.netty.cli;
    exports io.asgi4j.server.netty.options;

    requires java.management;
}
