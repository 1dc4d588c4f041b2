package io.asgi4j.server.netty.tls;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsClientAuth;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which clients' certificates pass. Immutable. */
final class ClientTrust {
    private final TlsClientAuth mode;
    private final @Nullable X509ExtendedTrustManager authorities;

    private ClientTrust(TlsClientAuth mode, @Nullable X509ExtendedTrustManager authorities) {
        this.mode = mode;
        this.authorities = authorities;
    }

    static ClientTrust load(Options options, ConfiguredFiles files) throws TlsException {
        var mode = options.get(ServerOptions.TLS_CLIENT_AUTH);
        var trusted = options.get(ServerOptions.TLS_CLIENT_CA);
        if (mode == TlsClientAuth.NONE) {
            if (!trusted.isEmpty()) {
                throw new TlsException("tls-client-ca has no effect: give tls-client-auth too");
            }
            return new ClientTrust(mode, null);
        }
        if (trusted.isEmpty()) {
            throw new TlsException("tls-client-auth needs a tls-client-ca: the authorities whose clients are trusted");
        }
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (var file : trusted.files()) {
                for (var certificate : Credentials.certificates(files, file)) {
                    store.setCertificateEntry(Integer.toString(store.size()), certificate);
                }
            }
            return new ClientTrust(mode, manager(store));
        } catch (TlsException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException("the certificates of tls-client-ca cannot be used: %s".formatted(e.getMessage()), e);
        }
    }

    private static X509ExtendedTrustManager manager(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("PKIX is not supported");
    }

    ClientAuth handshake() {
        return switch (mode) {
            case NONE -> ClientAuth.NONE;
            case OPTIONAL, UNVERIFIED -> ClientAuth.OPTIONAL;
            case REQUIRED -> ClientAuth.REQUIRE;
        };
    }

    /** {@return who decides within the handshake, or null if nobody is asked for a certificate} */
    @Nullable
    X509ExtendedTrustManager manager() {
        return mode == TlsClientAuth.UNVERIFIED ? new Everybody() : authorities;
    }

    /**
     * Returns why a certificate that was let in does not pass, or null if it does. It is looked at anew for each connection: a
     * resumed session tells no more than the certificate.
     */
    @Nullable
    String error(X509Certificate[] chain) {
        if (mode != TlsClientAuth.UNVERIFIED || authorities == null) {
            return null;
        }
        try {
            authorities.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return null;
        } catch (CertificateException e) {
            var message = e.getMessage();
            return message == null || message.isEmpty() ? "not trusted" : message;
        }
    }

    /** Lets every client in, whatever its certificate. */
    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("there are no servers here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("there are no servers here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("there are no servers here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
