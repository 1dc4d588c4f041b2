package io.asgi4j.spec;

/** What an application gets from {@link Receive}. */
public sealed interface InboundEvent extends Event
        permits HttpRequest,
                HttpDisconnect,
                WebSocketConnect,
                WebSocketReceive,
                WebSocketDisconnect,
                LifespanStartup,
                LifespanShutdown,
                ExtensionInboundEvent {}
