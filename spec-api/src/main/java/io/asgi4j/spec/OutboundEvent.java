package io.asgi4j.spec;

/**
 * What an application gives to {@link Send}.
 *
 * <p>Rules: {@code core.events.invalid-outbound-refused}, {@code core.events.bytes-given-away}.
 */
public sealed interface OutboundEvent extends Event
        permits HttpResponseStart,
                HttpResponseBody,
                WebSocketAccept,
                WebSocketSend,
                WebSocketClose,
                LifespanStartupComplete,
                LifespanStartupFailed,
                LifespanShutdownComplete,
                LifespanShutdownFailed,
                ExtensionOutboundEvent {}
