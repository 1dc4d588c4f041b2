package io.asgi4j.server.netty.options;

/** What the server asks of a client's certificate. */
public enum TlsClientAuth {
    /** It is not asked for. */
    NONE,
    /** It is asked for; a client without one is served, one whose certificate does not pass is refused. */
    OPTIONAL,
    /** A client without a certificate that passes is refused. */
    REQUIRED,
    /**
     * It is asked for, and whatever comes is let in: the application finds in the {@code tls} extension's
     * {@code clientCertError} why a certificate did not pass, and must look there before it believes the name.
     */
    UNVERIFIED
}
