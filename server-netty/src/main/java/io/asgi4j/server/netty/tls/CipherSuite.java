package io.asgi4j.server.netty.tls;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cipher suites that the server speaks, the best first, under the names and numbers that IANA gives them.
 *
 * <p>All have forward secrecy and authenticated encryption; RFC 9113 appendix A forbids none of them for HTTP/2.
 */
enum CipherSuite {
    TLS_AES_128_GCM_SHA256(0x1301),
    TLS_AES_256_GCM_SHA384(0x1302),
    TLS_CHACHA20_POLY1305_SHA256(0x1303),
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xC02B),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xC02F),
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xC02C),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xC030),
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(0xCCA9),
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xCCA8);

    private final int number;

    CipherSuite(int number) {
        this.number = number;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(CipherSuite::name).toList();
    }

    static @Nullable Integer numberOf(String name) {
        for (var suite : values()) {
            if (suite.name().equals(name)) {
                return suite.number;
            }
        }
        return null;
    }
}
