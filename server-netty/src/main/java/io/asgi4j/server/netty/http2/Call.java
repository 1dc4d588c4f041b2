package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.http.Fields;
import io.netty.buffer.ByteBuf;

/** One stream with a call of the application: what the client does on it. Owned by the connection's event loop. */
interface Call {
    Exchange exchange();

    StreamOutput output();

    /** Takes data out of {@code data}. Returns how much of it may be forgotten at once: the client's window opens by so much. */
    int data(ByteBuf data);

    /** The client has sent everything. */
    void end(Fields trailers);

    /** The client sends nothing more on any stream. */
    void inputClosed();

    /** The server stops. */
    void draining();

    /** The stream is closed, in whatever way. */
    void closed();
}
