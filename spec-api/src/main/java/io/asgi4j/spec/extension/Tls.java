package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection is encrypted, and this is what the server knows about it.
 *
 * <p>Never offered on a connection without TLS. Has no events.
 *
 * <p>Rules: {@code tls.only-on-tls}, {@code tls.server-cert}, {@code tls.client-cert-chain},
 * {@code tls.client-cert-name}, {@code tls.client-cert-error}, {@code tls.version}, {@code tls.cipher-suite}.
 *
 * @param serverCert the server's certificate as PEM, or {@code null} if it is not known
 * @param clientCertChain the client's certificates as PEM, its own first, each next one signing the one before; empty
 *     if there are none
 * @param clientCertName the subject of the client's certificate, as text after RFC 4514, or {@code null} if there is
 *     none; may be known without the chain, where a proxy ends TLS
 * @param clientCertError why the client's certificate did not pass, where the server let the client in nevertheless;
 *     else {@code null}
 * @param tlsVersion the number of the TLS version, such as 0x0304 for TLS 1.3, or {@code null} if it is not known
 * @param cipherSuite the number of the cipher suite in IANA's registry, such as 0x1301, or {@code null} if it is not
 *     known
 */
public record Tls(
        @Nullable String serverCert,
        List<String> clientCertChain,
        @Nullable String clientCertName,
        @Nullable String clientCertError,
        @Nullable Integer tlsVersion,
        @Nullable Integer cipherSuite)
        implements Extension {

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is a chain without a name, an empty error, or a number of more than 16
     *     bits
     */
    public Tls {
        clientCertChain = List.copyOf(clientCertChain);
        if (!clientCertChain.isEmpty() && clientCertName == null) {
            throw new IllegalArgumentException("clientCertName is missing beside a clientCertChain");
        }
        if (clientCertError != null && clientCertError.isEmpty()) {
            throw new IllegalArgumentException("clientCertError is empty");
        }
        requireSixteenBits(tlsVersion, "tlsVersion");
        requireSixteenBits(cipherSuite, "cipherSuite");
    }

    private static void requireSixteenBits(@Nullable Integer number, String name) {
        if (number != null && (number < 0 || number > 0xffff)) {
            throw new IllegalArgumentException(name + " " + number + " is not in the range 0 to 65535");
        }
    }

    @Override
    public String name() {
        return "tls";
    }

    /**
     * Returns everything but the certificates, of which only the number is shown.
     *
     * @return a text for people
     */
    @Override
    public String toString() {
        return "Tls[clientCertChain=" + clientCertChain.size() + " certificates, clientCertName=" + clientCertName
                + ", clientCertError=" + clientCertError + ", tlsVersion=" + hex(tlsVersion) + ", cipherSuite="
                + hex(cipherSuite) + "]";
    }

    private static String hex(@Nullable Integer number) {
        return number == null ? "null" : "0x%04x".formatted(number);
    }
}
