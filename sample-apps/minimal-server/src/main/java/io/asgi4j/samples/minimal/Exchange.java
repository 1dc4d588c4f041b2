package io.asgi4j.samples.minimal;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import org.jspecify.annotations.Nullable;

/** The server's side of one call: what the application gets as {@code receive} and {@code send}, and its end. */
interface Exchange extends Receive, Send {
    /**
     * Is called once, when the call has ended; the thread is that of the call.
     *
     * @param failure what the application threw, or null if it returned
     * @param interrupted whether the server has interrupted the call
     */
    void ended(@Nullable Throwable failure, boolean interrupted);

    /** The exception that tells the application that its client is gone, and by which the server knows it again. */
    final class Gone extends ClientDisconnectedException {
        private static final long serialVersionUID = 1L;

        private final transient Exchange exchange;

        Gone(Exchange exchange) {
            super("the client is gone");
            this.exchange = exchange;
        }

        /** Whether a failure is, or was caused by, the exception that this exchange threw into the application. */
        static boolean caused(@Nullable Throwable failure, Exchange exchange) {
            var depth = 0;
            for (var cause = failure; cause != null && depth < 100; cause = cause.getCause(), depth++) {
                if (cause instanceof Gone gone && gone.exchange.equals(exchange)) {
                    return true;
                }
            }
            return false;
        }
    }
}
