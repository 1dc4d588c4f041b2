package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.ExchangeContext;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.loop.TurnClock;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.runner.ApplicationRunner;
import io.asgi4j.server.netty.websocket.WebSocketConfig;
import io.asgi4j.spec.State;
import io.asgi4j.spec.extension.Tls;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** The HTTP/1 driver of one event loop: makes connections out of channels, and holds what they share. */
public final class Http1Driver {
    private final Http1Settings settings;
    private final ExchangeContext exchanges;
    private final ApplicationRunner runner;
    private final State state;
    private final ResponseEncoder encoder;
    private final WebSocketConfig webSockets;

    /**
     * Creates the driver of an event loop.
     *
     * @param state the lifespan's state, which every scope gets a copy of
     */
    public Http1Driver(Options options, ExchangeContext exchanges, ApplicationRunner runner, State state) {
        this.settings = Http1Settings.of(options);
        this.exchanges = exchanges;
        this.runner = runner;
        this.state = state;
        this.encoder = new ResponseEncoder(
                clock(), options.get(ServerOptions.DATE_HEADER), options.get(ServerOptions.SERVER_HEADER));
        this.webSockets = WebSocketConfig.of(options);
    }

    /**
     * Puts the driver at the end of a channel's pipeline; it begins with {@code channelActive}. The channel's
     * {@code autoRead} must be off.
     *
     * @param tls what applications are told of the connection's encryption, or null if it has none
     */
    public void install(Channel channel, @Nullable Tls tls) {
        channel.pipeline().addLast(new Http1Connection(this, channel, tls));
    }

    Http1Settings settings() {
        return settings;
    }

    TurnClock clock() {
        return exchanges.mailbox().clock();
    }

    ExchangeContext exchanges() {
        return exchanges;
    }

    ApplicationRunner runner() {
        return runner;
    }

    ResponseEncoder encoder() {
        return encoder;
    }

    WebSocketConfig webSockets() {
        return webSockets;
    }

    ScopeFactory scopes(Channel channel, @Nullable Tls tls) {
        return new ScopeFactory(state, settings.rootPath(), channel.remoteAddress(), channel.localAddress(), tls);
    }
}
