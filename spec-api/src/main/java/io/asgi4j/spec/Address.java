package io.asgi4j.spec;

/**
 * One end of a connection.
 *
 * <p>Rules: {@code http.scope.client}, {@code http.scope.server}, {@code http.scope.client-not-from-fields}.
 */
public sealed interface Address permits TcpAddress, UnixAddress {}
