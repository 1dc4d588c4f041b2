package io.asgi4j.spec;

import java.util.Objects;

/**
 * A function that makes an application out of an application.
 *
 * <p>The outer application may look at or replace the scope, the events in both directions, and what is thrown. It
 * changes a scope by passing on a copy, and passes on unchanged what it does not know. Here one middleware tells the
 * client how long the application took to answer, another one mounts an application, and both are put around it:
 *
 * {@snippet :
 * Middleware timing = inner -> (scope, receive, send) -> {
 *     var begin = System.nanoTime();
 *     inner.handle(scope, receive, event -> {
 *         if (event instanceof HttpResponseStart(int status, Headers headers, boolean trailers)) {
 *             var millis = (System.nanoTime() - begin) / 1_000_000;
 *             send.send(new HttpResponseStart(status, headers.with("server-timing", "app;dur=" + millis), trailers));
 *         } else {
 *             send.send(event);
 *         }
 *     });
 * };
 * Middleware mount = inner -> (scope, receive, send) -> {
 *     if (scope instanceof HttpScope http && http.path().startsWith("/api/")) {
 *         inner.handle(http.toBuilder().rootPath("/api").build(), receive, send);
 *     } else {
 *         throw new UnsupportedScopeException(scope);
 *     }
 * };
 * Application application = timing.andThen(mount).wrap(api);
 * }
 *
 * <p>Rules: {@code core.middleware.scope-copied}, {@code core.middleware.contract-kept},
 * {@code core.middleware.unknown-events-passed}.
 */
@FunctionalInterface
public interface Middleware {

    /**
     * Returns an application that does its own work around that of another one.
     *
     * <p>Called once, when the application is put together, not once per scope.
     *
     * @param inner the application inside
     * @return the application outside
     */
    Application wrap(Application inner);

    /**
     * Returns both as one: this one outside, the next one inside.
     *
     * <p>{@code a.andThen(b).andThen(c).wrap(application)} reads in the order in which a scope passes: {@code a} first.
     *
     * @param next the middleware inside this one
     * @return a middleware that equals {@code inner -> this.wrap(next.wrap(inner))}
     */
    default Middleware andThen(Middleware next) {
        Objects.requireNonNull(next, "next");
        return inner -> wrap(next.wrap(inner));
    }
}
