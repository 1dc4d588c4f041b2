package io.asgi4j.server.netty.http;

import io.asgi4j.spec.Address;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.UnixAddress;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.DenialResponse;
import io.asgi4j.spec.extension.EarlyHint;
import io.asgi4j.spec.extension.PathSend;
import io.asgi4j.spec.extension.RequestTrailers;
import io.asgi4j.spec.extension.ResponseTrailers;
import io.asgi4j.spec.extension.Tls;
import io.asgi4j.spec.extension.ZeroCopySend;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the scopes of one connection: what all its requests share is made once. Immutable. */
public final class ScopeFactory {
    private static final Extensions HTTP_EXTENSIONS = Extensions.of(
            new ZeroCopySend(), new PathSend(), new EarlyHint(), new ResponseTrailers(), new RequestTrailers());
    private static final Extensions WEBSOCKET_EXTENSIONS = Extensions.of(new DenialResponse());

    private final State state;
    private final String rootPath;
    private final @Nullable Address client;
    private final @Nullable Address server;
    private final boolean secure;
    private final Extensions httpExtensions;
    private final Extensions webSocketExtensions;

    /**
     * A factory for the scopes of a connection.
     *
     * @param tls what applications are told of its encryption, or null if it has none
     */
    public ScopeFactory(
            State state,
            String rootPath,
            @Nullable SocketAddress remote,
            @Nullable SocketAddress local,
            @Nullable Tls tls) {
        this.state = state;
        this.rootPath = rootPath;
        this.client = address(remote);
        this.server = address(local);
        this.secure = tls != null;
        this.httpExtensions = tls == null ? HTTP_EXTENSIONS : HTTP_EXTENSIONS.with(tls);
        this.webSocketExtensions = tls == null ? WEBSOCKET_EXTENSIONS : WEBSOCKET_EXTENSIONS.with(tls);
    }

    /** Returns who the client is, if that is known. */
    public @Nullable Address client() {
        return client;
    }

    /**
     * Makes the scope of a request.
     *
     * @param version as scopes tell it, such as {@code 1.1}
     */
    public HttpScope http(String version, String method, RequestTarget target, Headers headers, Connection connection) {
        return new HttpScope(
                AsgiVersion.HTTP,
                version,
                method.toUpperCase(Locale.ROOT),
                secure ? "https" : "http",
                mounted(target.path()),
                target.rawPath(),
                target.query(),
                rootPath,
                headers,
                client,
                server,
                state.copy(),
                httpExtensions,
                connection);
    }

    /**
     * Makes the scope of a WebSocket.
     *
     * @param version of the HTTP that opens it, such as {@code 1.1}
     */
    public WebSocketScope webSocket(
            String version, RequestTarget target, Headers headers, List<String> subprotocols, Connection connection) {
        return new WebSocketScope(
                AsgiVersion.WEBSOCKET,
                version,
                secure ? "wss" : "ws",
                mounted(target.path()),
                target.rawPath(),
                target.query(),
                rootPath,
                headers,
                client,
                server,
                subprotocols,
                state.copy(),
                webSocketExtensions,
                connection);
    }

    /** The path includes the root path, whether the proxy in front cut it off or not. */
    private String mounted(String path) {
        if (rootPath.isEmpty() || path.equals(rootPath) || path.startsWith(rootPath + "/") || !path.startsWith("/")) {
            return path;
        }
        return rootPath + path;
    }

    private static @Nullable Address address(@Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress tcp
            when tcp.getAddress() != null -> new TcpAddress(NetUtil.toAddressString(tcp.getAddress()), tcp.getPort());
            case DomainSocketAddress unix when !unix.path().isEmpty() -> new UnixAddress(unix.path());
            case null, default -> null;
        };
    }
}
