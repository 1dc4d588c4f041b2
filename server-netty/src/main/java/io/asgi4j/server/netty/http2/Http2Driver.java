package io.asgi4j.server.netty.http2;

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

/** The HTTP/2 driver of one event loop: makes connections out of channels, and holds what they share. */
public final class Http2Driver {
    /** An application is told to have taken something as soon as nothing waits for it: the window is what is read ahead. */
    private static final int NOTHING_WAITS = 1;

    private final Http2Limits limits;
    private final ExchangeContext webSocketExchanges;
    private final ExchangeContext exchanges;
    private final ApplicationRunner runner;
    private final State state;
    private final String rootPath;
    private final ResponseFields fields;
    private final WebSocketConfig webSockets;

    /**
     * Creates the driver of an event loop.
     *
     * @param state the lifespan's state, which every scope gets a copy of
     */
    public Http2Driver(Options options, ExchangeContext exchanges, ApplicationRunner runner, State state) {
        this.limits = Http2Limits.of(options);
        this.webSocketExchanges = exchanges;
        this.exchanges = exchanges.withReadAhead(NOTHING_WAITS);
        this.runner = runner;
        this.state = state;
        this.rootPath = options.get(ServerOptions.ROOT_PATH);
        this.fields = new ResponseFields(
                clock(), options.get(ServerOptions.DATE_HEADER), options.get(ServerOptions.SERVER_HEADER));
        this.webSockets = WebSocketConfig.of(options);
    }

    /**
     * Puts the driver at the end of an open channel's pipeline, and reads from then on. The client's preface comes first.
     *
     * @param tls what applications are told of the connection's encryption, or null if it has none
     */
    public void install(Channel channel, @Nullable Tls tls) {
        channel.pipeline().addLast(ServerConnection.create(this, channel, tls));
        channel.config().setAutoRead(true);
    }

    Http2Limits limits() {
        return limits;
    }

    TurnClock clock() {
        return exchanges.mailbox().clock();
    }

    ExchangeContext exchanges() {
        return exchanges;
    }

    ExchangeContext webSocketExchanges() {
        return webSocketExchanges;
    }

    ApplicationRunner runner() {
        return runner;
    }

    ResponseFields fields() {
        return fields;
    }

    WebSocketConfig webSockets() {
        return webSockets;
    }

    ScopeFactory scopes(Channel channel, @Nullable Tls tls) {
        return new ScopeFactory(state, rootPath, channel.remoteAddress(), channel.localAddress(), tls);
    }
}
