package io.asgi4j.server.netty.testing;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketScope;

/** An application that knows WebSockets only. */
@FunctionalInterface
public interface WebSocketApplication extends Application {
    void webSocket(WebSocketScope scope, Receive receive, Send send) throws Exception;

    @Override
    default void handle(Scope scope, Receive receive, Send send) throws Exception {
        if (scope instanceof WebSocketScope webSocket) {
            webSocket(webSocket, receive, send);
        } else {
            throw new UnsupportedScopeException(scope);
        }
    }
}
