package io.asgi4j.spec;

/** One end of a connection. */
public sealed interface Address permits TcpAddress, UnixAddress {}
