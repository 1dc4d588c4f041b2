package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsProvider;
import io.asgi4j.server.netty.options.TlsVersion;
import io.asgi4j.spec.extension.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** One state of certificates, keys and trust, with which new connections shake hands. Immutable. */
final class TlsContext {
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private final List<Credential> credentials;
    private final ClientTrust trust;
    private final SslContext context;
    private final SslProvider provider;

    private TlsContext(List<Credential> credentials, ClientTrust trust, SslProvider provider, SslContext context) {
        this.credentials = credentials;
        this.trust = trust;
        this.provider = provider;
        this.context = context;
    }

    static TlsContext load(Options options, ConfiguredFiles files, List<String> protocols) throws TlsException {
        var credentials = Credentials.load(options, files);
        var trust = ClientTrust.load(options, files);
        var provider = provider(options.get(ServerOptions.TLS_PROVIDER));
        // OpenSSL's binding cannot end a handshake for want of a common protocol; the connection then has none.
        var mismatch = provider == SslProvider.JDK
                ? SelectorFailureBehavior.FATAL_ALERT
                : SelectorFailureBehavior.NO_ADVERTISE;
        try {
            var builder = SslContextBuilder.forServer(new SniKeyManager(credentials))
                    .sslProvider(provider)
                    .protocols(
                            options.get(ServerOptions.TLS_MIN_VERSION) == TlsVersion.TLS_1_3
                                    ? List.of(TLS_1_3)
                                    : List.of(TLS_1_3, TLS_1_2))
                    .ciphers(CipherSuite.names(), SupportedCipherSuiteFilter.INSTANCE)
                    .clientAuth(trust.handshake())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            Protocol.ALPN, mismatch, SelectedListenerFailureBehavior.ACCEPT, protocols));
            var manager = trust.manager();
            if (manager != null) {
                builder.trustManager(manager);
            }
            return new TlsContext(credentials, trust, provider, builder.build());
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsException("TLS cannot be set up: %s".formatted(e.getMessage()), e);
        }
    }

    private static SslProvider provider(TlsProvider wanted) throws TlsException {
        return switch (wanted) {
            case JDK -> SslProvider.JDK;
            case AUTO -> OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
            case OPENSSL -> {
                if (!OpenSsl.isAvailable()) {
                    throw new TlsException(
                            "tls-provider openssl needs netty-tcnative on the class path: %s"
                                    .formatted(OpenSsl.unavailabilityCause().getMessage()),
                            OpenSsl.unavailabilityCause());
                }
                yield SslProvider.OPENSSL;
            }
        };
    }

    /** Makes the handler of a new connection. */
    SslHandler newHandler(ByteBufAllocator alloc) {
        var handler = context.newHandler(alloc);
        // the connection's own deadline counts from its start
        handler.setHandshakeTimeoutMillis(0);
        if (provider == SslProvider.JDK) {
            restrictGroups(handler);
        }
        return handler;
    }

    /** Finite fields cost many times what curves do, and it is the client that chooses. */
    private static void restrictGroups(SslHandler handler) {
        var parameters = handler.engine().getSSLParameters();
        var groups = parameters.getNamedGroups();
        if (groups != null) {
            parameters.setNamedGroups(Arrays.stream(groups)
                    .filter(group -> !group.startsWith("ffdhe"))
                    .toArray(String[]::new));
            handler.engine().setSSLParameters(parameters);
        }
    }

    /** Says for applications what a handshake agreed on. */
    Tls describe(SSLSession session) {
        var chain = clientChain(session);
        return new Tls(
                serverCertificate(session),
                chain.stream().map(Credential::pem).toList(),
                chain.isEmpty()
                        ? null
                        : chain.getFirst().getSubjectX500Principal().getName(X500Principal.RFC2253),
                chain.isEmpty() ? null : trust.error(chain.toArray(X509Certificate[]::new)),
                version(session),
                CipherSuite.numberOf(session.getCipherSuite()));
    }

    private @Nullable String serverCertificate(SSLSession session) {
        var own = session.getLocalCertificates();
        if (own == null || own.length == 0) {
            return null;
        }
        for (var credential : credentials) {
            if (credential.certificate().equals(own[0])) {
                return credential.pem();
            }
        }
        return null;
    }

    /** Returns the client's certificates, up to the first that did not sign the one before. */
    private static List<X509Certificate> clientChain(SSLSession session) {
        Certificate[] sent;
        try {
            sent = session.getPeerCertificates();
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
        var chain = new ArrayList<X509Certificate>();
        for (var certificate : sent) {
            if (!(certificate instanceof X509Certificate next)
                    || (!chain.isEmpty() && !isSignedBy(chain.getLast(), next))) {
                break;
            }
            chain.add(next);
        }
        return chain;
    }

    private static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherwise) {
            return false;
        }
    }

    private static @Nullable Integer version(SSLSession session) {
        return switch (session.getProtocol()) {
            case TLS_1_2 -> 0x0303;
            case TLS_1_3 -> 0x0304;
            default -> null;
        };
    }

    /** The certificates, for the log. */
    @Override
    public String toString() {
        return credentials.stream().map(Credential::toString).collect(Collectors.joining("; "));
    }
}
