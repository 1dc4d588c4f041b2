package io.asgi4j.server.netty.testing;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;

/** An application that knows HTTP only. */
@FunctionalInterface
public interface HttpApplication extends Application {
    void http(HttpScope scope, Receive receive, Send send) throws Exception;

    @Override
    default void handle(io.asgi4j.spec.Scope scope, Receive receive, Send send) throws Exception {
        if (scope instanceof HttpScope http) {
            http(http, receive, send);
        } else {
            throw new UnsupportedScopeException(scope);
        }
    }
}
