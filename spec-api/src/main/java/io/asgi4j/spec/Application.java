package io.asgi4j.spec;

/**
 * A web application: one method that is called once per {@link Scope}.
 *
 * <p>The call lives as long as the scope: one HTTP request, one WebSocket, one life of the server. What arrives is had
 * from {@code receive}, what is answered goes to {@code send}.
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
     * <p>The application refuses a scope of a kind it does not know with an {@link UnsupportedScopeException}; otherwise the
     * server believes that the scope is supported.
     *
     * <p>If the method throws, the server reports the exception and ends this scope and its connection; if no response has been
     * started yet, the client gets a 500. A {@link ClientDisconnectedException} that came from {@code send} may be
     * passed on: the server drops it without a word. To return before the response is complete is an error as well.
     *
     * @param scope what is being handled
     * @param receive yields the events of this scope; worthless after this method has returned
     * @param send takes the answers; worthless after this method has returned
     * @throws Exception any failure, which ends the scope
     */
    void handle(Scope scope, Receive receive, Send send) throws Exception;
}
