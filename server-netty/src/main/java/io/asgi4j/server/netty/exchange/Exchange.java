package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import org.jspecify.annotations.Nullable;

/** What an application is called with, and who hears how the call ended. */
public interface Exchange extends Receive, Send {
    /** Returns the scope of the call. */
    Scope scope();

    /**
     * Tells that the application's call is over. Called once, on the application's thread.
     *
     * @param failure what left the application, or {@code null} if it returned
     */
    void applicationEnded(@Nullable Throwable failure);
}
