package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log how an application's call ended, if it ended otherwise than it should. */
final class ApplicationFailure {
    private static final Logger LOG = LoggerFactory.getLogger("asgi4j.error");

    private ApplicationFailure() {}

    /**
     * Logs a failure.
     *
     * @param clientGone whether the client was gone: then the server's own exception, and a response that was never
     *     completed, are no failures
     * @param unfinished what the application left undone, or {@code null}
     * @param failure what left the application, or {@code null} if it returned
     */
    static void report(Scope scope, boolean clientGone, @Nullable String unfinished, @Nullable Throwable failure) {
        if (failure == null) {
            if (unfinished != null && !clientGone) {
                LOG.error("ASGI application returned {} ({} scope)", unfinished, scope.type());
            }
        } else if (clientGone && isDisconnect(failure)) {
            LOG.debug("ASGI application ended with its client", failure);
        } else if (failure instanceof InterruptedException) {
            LOG.warn("ASGI application was interrupted at shutdown ({} scope)", scope.type());
        } else {
            LOG.error("Exception in ASGI application ({} scope)", scope.type(), failure);
        }
    }

    /** Applications wrap exceptions, so the server's own one is looked for among the causes. */
    private static boolean isDisconnect(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClientDisconnectedException) {
                return true;
            }
        }
        return false;
    }
}
