package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Address;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Middleware;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.WebSocketScope;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Hides a proxy from the application: scopes hold the addresses of the client and of the proxy. Any thread may call any method. */
final class Addresses implements Middleware {
    private record Ends(Address client, Address server) {}

    private final Map<Integer, Ends> byPort = new ConcurrentHashMap<>();

    /** Takes the two ends of a connection which the server sees coming from a port of the proxy. */
    void put(int port, TcpAddress client, TcpAddress server) {
        byPort.put(port, new Ends(client, server));
    }

    @Override
    public Application wrap(Application inner) {
        return (scope, receive, send) -> inner.handle(
                switch (scope) {
                    case HttpScope http
                    when ends(http.client()) instanceof Ends ends ->
                        http.toBuilder()
                                .client(ends.client())
                                .server(ends.server())
                                .build();
                    case WebSocketScope socket
                    when ends(socket.client()) instanceof Ends ends ->
                        socket.toBuilder()
                                .client(ends.client())
                                .server(ends.server())
                                .build();
                    default -> scope;
                },
                receive,
                send);
    }

    private @Nullable Ends ends(@Nullable Address client) {
        return client instanceof TcpAddress tcp ? byPort.get(tcp.port()) : null;
    }
}
