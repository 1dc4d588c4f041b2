package io.asgi4j.server.netty.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Certificates, keys or options with which TLS cannot be spoken. The message is a sentence for the operator. */
final class TlsException extends IOException {
    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        this(message, null);
    }

    TlsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
