package io.asgi4j.spec;

/** What an application gives to {@link Send}. */
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
