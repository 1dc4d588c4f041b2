package io.asgi4j.server.netty.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate for the name that a client asks for (SNI, RFC 6066), and for the signatures that it can check.
 *
 * <p>An exact name goes before a wildcard; a client that asks for neither gets the first certificate. Several for the same
 * names, as one with RSA and one with ECDSA, are chosen from by the client's preference. Immutable.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
    private final List<Credential> credentials;

    SniKeyManager(List<Credential> credentials) {
        this.credentials = credentials;
    }

    /** Called for one kind of key after the other, in the client's order, until there is one. */
    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        for (var credential : candidates(requestedHost(engine))) {
            if (credential.key().getAlgorithm().equals(keyType)) {
                return Integer.toString(credentials.indexOf(credential));
            }
        }
        return null;
    }

    private static @Nullable String requestedHost(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (var name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName().toLowerCase(Locale.ROOT);
                }
            }
        }
        return null;
    }

    private List<Credential> candidates(@Nullable String host) {
        if (host != null) {
            var exact = those(credential -> credential.isFor(host));
            if (!exact.isEmpty()) {
                return exact;
            }
            var wildcard = those(credential -> credential.isForDomainOf(host));
            if (!wildcard.isEmpty()) {
                return wildcard;
            }
        }
        var first = credentials.getFirst().names();
        return those(credential -> credential.names().equals(first));
    }

    private List<Credential> those(Predicate<Credential> matching) {
        return credentials.stream().filter(matching).toList();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return credentials.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return credentials.get(Integer.parseInt(alias)).key();
    }

    // ---- what is not asked of a server with engines

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }
}
