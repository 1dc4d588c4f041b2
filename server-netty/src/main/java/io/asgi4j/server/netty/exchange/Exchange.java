package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import org.jspecify.annotations.Nullable;

/**
 * One call of the application: its {@code receive} and {@code send}, between the application's threads and the
 * connection's event loop.
 */
public interface Exchange extends Receive, Send {
    /** Returns the scope of the call. */
    Scope scope();

    /**
     * Tells that the application's call is over. Called once, on the application's thread.
     *
     * @param failure what left the application, or {@code null} if it returned
     */
    void applicationEnded(@Nullable Throwable failure);

    /** The client sends nothing more, but may still be there to read. Event loop only. */
    void inputClosed();

    /** The connection is lost: nothing more comes from the client and nothing reaches it. Event loop only. */
    void connectionLost();

    /** The client takes more bytes, or does not. Event loop only. */
    void writable(boolean writable);
}
