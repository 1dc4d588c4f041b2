package io.asgi4j.samples.middleware;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.Middleware;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.WebSocketScope;
import org.jspecify.annotations.Nullable;

/**
 * Serves one application at a prefix and below; everything else, lifespan included, goes on inwards.
 *
 * <p>The prefix moves from "where am I" to "where am I mounted": {@code rootPath} grows by it, {@code path} stays whole.
 */
record Mount(String prefix, Application mounted) implements Middleware {
    @Override
    public Application wrap(Application inner) {
        return (scope, receive, send) -> {
            var below = below(scope);
            if (below != null) {
                mounted.handle(below, receive, send);
            } else {
                inner.handle(scope, receive, send);
            }
        };
    }

    private @Nullable Scope below(Scope scope) {
        return switch (scope) {
            case HttpScope http -> {
                var root = http.rootPath() + prefix;
                yield covers(root, http.path())
                        ? http.toBuilder().rootPath(root).build()
                        : null;
            }
            case WebSocketScope webSocket -> {
                var root = webSocket.rootPath() + prefix;
                yield covers(root, webSocket.path())
                        ? webSocket.toBuilder().rootPath(root).build()
                        : null;
            }
            case LifespanScope lifespan -> null;
            case ExtensionScope other -> null;
        };
    }

    private static boolean covers(String root, String path) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
