package io.asgi4j.spec;

/**
 * A web application: one method that is called once per {@link Scope}.
 *
 * <p>The call lives as long as the scope: one HTTP request, one WebSocket, one life of the server. Events arrive
 * through {@code receive}, answers leave through {@code send}.
 *
 * {@snippet :
 * Application application = (scope, receive, send) -> {
 *     switch (scope) {
 *         case HttpScope http -> {
 *             send.send(new HttpResponseStart(200, Headers.of("content-type", "text/plain")));
 *             send.send(HttpResponseBody.last("Hello, " + http.path()));
 *         }
 *         case WebSocketScope webSocket -> throw new UnsupportedScopeException(webSocket);
 *         case LifespanScope lifespan -> throw new UnsupportedScopeException(lifespan);
 *         case ExtensionScope other -> throw new UnsupportedScopeException(other);
 *     }
 * };
 * }
 */
@FunctionalInterface
public interface Application {

    /**
     * Handles one scope, from its first event to its end.
     *
     * <p>The server calls this method for many scopes at the same time, each call on a thread of its own, which may
     * block. A disconnect of the client does not interrupt that thread; the end of the grace period of a shutdown does.
     *
     * <p>The application refuses a scope of a kind it does not know with an {@link UnsupportedScopeException};
     * otherwise the server believes that the scope is supported.
     *
     * <p>If the method throws, the server logs the exception and ends the exchange and its connection: with a 500 if
     * nothing was sent yet, else so that the client can see that something is missing. To return before the response is
     * complete has the same effect. A {@link ClientDisconnectedException} that came from {@code send} may be passed on:
     * the server drops it quietly. After the response is complete the method may go on working; nobody waits for it.
     *
     * <p>Rules: {@code core.call.one-per-exchange}, {@code core.call.concurrent}, {@code core.call.isolated},
     * {@code core.call.lifetime}, {@code core.scope.unknown-refused}, {@code threads.may-block},
     * {@code threads.virtual}, {@code cancellation.disconnect-does-not-interrupt},
     * {@code cancellation.grace-period-interrupts}, {@code errors.contained}, {@code errors.exception-before-response},
     * {@code errors.return-before-response}, {@code errors.incomplete-response-truncated},
     * {@code errors.gone-is-no-error}, {@code errors.rethrown-after-answer}.
     *
     * @param scope what is being handled
     * @param receive yields the events of this scope; after this method has ended, only that the exchange is over
     * @param send takes the answers; after this method has ended it refuses them
     * @throws Exception any failure, which ends the exchange
     */
    void handle(Scope scope, Receive receive, Send send) throws Exception;
}
