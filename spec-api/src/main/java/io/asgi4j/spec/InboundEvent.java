package io.asgi4j.spec;

/**
 * What an application gets from {@link Receive}.
 *
 * <p>Rules: {@code core.events.type}, {@code core.events.bytes-kept}, {@code core.events.invalid-inbound-refused}.
 */
public sealed interface InboundEvent extends Event
        permits HttpRequest,
                HttpDisconnect,
                WebSocketConnect,
                WebSocketReceive,
                WebSocketDisconnect,
                LifespanStartup,
                LifespanShutdown,
                ExtensionInboundEvent {}
