package io.asgi4j.server.netty.options;

/** The versions of TLS that the server speaks. */
public enum TlsVersion {
    /** RFC 5246; with forward secrecy and authenticated encryption only. */
    TLS_1_2("1.2"),
    /** RFC 8446. */
    TLS_1_3("1.3");

    private final String number;

    TlsVersion(String number) {
        this.number = number;
    }

    /** Returns the number as people write it. */
    @Override
    public String toString() {
        return number;
    }
}
