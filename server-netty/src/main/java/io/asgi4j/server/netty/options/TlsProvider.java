package io.asgi4j.server.netty.options;

/** Who does the cryptography. */
public enum TlsProvider {
    /** {@link #OPENSSL} where it is on the class path, else {@link #JDK}. */
    AUTO,
    /** The Java runtime. */
    JDK,
    /** OpenSSL or BoringSSL through netty-tcnative, which must be on the class path. */
    OPENSSL
}
