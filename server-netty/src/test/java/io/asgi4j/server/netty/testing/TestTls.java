package io.asgi4j.server.netty.testing;

import io.asgi4j.server.netty.options.FileList;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** Certificates that are made for the tests, and clients that trust them. */
public final class TestTls {
    /** Signs what tests trust. */
    public static final X509Bundle AUTHORITY = authority("CN=Test Authority");

    /** The server's, unless a test has its own. */
    public static final X509Bundle SERVER = issue(new CertificateBuilder()
            .ecp256()
            .subject("CN=localhost")
            .addSanDnsName("localhost")
            .addExtendedKeyUsageServerAuth());

    private static final Options FILES = files();

    private TestTls() {}

    /** Makes an authority of its own. */
    public static X509Bundle authority(String name) {
        try {
            return new CertificateBuilder()
                    .ecp256()
                    .subject(name)
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Makes a certificate that is signed by the authority. */
    public static X509Bundle issue(CertificateBuilder builder) {
        try {
            return builder.buildIssuedBy(AUTHORITY);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Options files() {
        try {
            var directory = Files.createTempDirectory("asgi4j-tls");
            directory.toFile().deleteOnExit();
            return certificate(Options.defaults(), directory, SERVER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns TLS on, with the server's usual certificate unless there is one already. */
    static Options options(Options options) {
        return options.get(ServerOptions.TLS_CERTIFICATE).isEmpty()
                ? options.with(ServerOptions.TLS_PROVIDER, TlsProvider.JDK)
                        .with(ServerOptions.TLS_CERTIFICATE, FILES.get(ServerOptions.TLS_CERTIFICATE))
                        .with(ServerOptions.TLS_KEY, FILES.get(ServerOptions.TLS_KEY))
                : options;
    }

    /** Turns TLS on with a certificate, whose files are {@code chain.pem} and {@code key.pem} in a directory. */
    public static Options certificate(Options options, Path directory, X509Bundle certificate) throws IOException {
        var chain = Files.writeString(directory.resolve("chain.pem"), certificate.getCertificatePathPEM());
        var key = Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
        chain.toFile().deleteOnExit();
        key.toFile().deleteOnExit();
        return options.with(ServerOptions.TLS_CERTIFICATE, FileList.of(chain))
                .with(ServerOptions.TLS_KEY, FileList.of(key));
    }

    /** Connects without a certificate and shakes hands. */
    public static WireClient connect(int port) throws IOException {
        return connect(port, context(), parameters -> {});
    }

    /** The same with a small receive buffer. */
    public static WireClient connectWithSmallWindow(int port) throws IOException {
        return connect(port, WireClient.SMALL_WINDOW, context(), parameters -> {});
    }

    /** Connects with the wishes of a test and shakes hands. */
    public static WireClient connect(int port, SSLContext context, Consumer<SSLParameters> wishes) throws IOException {
        return connect(port, 0, context, wishes);
    }

    private static WireClient connect(int port, int window, SSLContext context, Consumer<SSLParameters> wishes)
            throws IOException {
        var transport = WireClient.open(port, window);
        try {
            var socket = (SSLSocket) context.getSocketFactory().createSocket(transport, "localhost", port, true);
            var parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            wishes.accept(parameters);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return WireClient.over(socket, transport);
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    /** Returns keys with which a client presents its certificate whatever authorities the server names. */
    public static KeyManager[] presenting(X509Bundle bundle, X509Certificate... chain) {
        var sent = chain.length == 0 ? bundle.getCertificatePath() : chain;
        return new KeyManager[] {
            new X509ExtendedKeyManager() {
                @Override
                public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
                    return "client";
                }

                @Override
                public X509Certificate[] getCertificateChain(String alias) {
                    return sent;
                }

                @Override
                public PrivateKey getPrivateKey(String alias) {
                    return bundle.getKeyPair().getPrivate();
                }

                @Override
                public String[] getClientAliases(String type, Principal[] issuers) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public String[] getServerAliases(String type, Principal[] issuers) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
                    throw new UnsupportedOperationException();
                }
            }
        };
    }

    /** Returns a context that trusts the authority. */
    public static SSLContext context(KeyManager... keys) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {AUTHORITY.toTrustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
