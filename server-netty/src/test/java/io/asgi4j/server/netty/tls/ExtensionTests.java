package io.asgi4j.server.netty.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.asgi4j.server.netty.options.FileList;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsClientAuth;
import io.asgi4j.server.netty.options.TlsProvider;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.TestTls;
import io.asgi4j.server.netty.testing.WebSocketClient;
import io.asgi4j.server.netty.testing.WebSocketTests;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.Extensions;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.Tls;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications hear of TLS, and which clients they see at all. */
@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class ExtensionTests extends WebSocketTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final X509Bundle CLIENT = TestTls.issue(client("CN=client,O=Example\\, Inc."));

    @Parameter
    private TlsProvider provider;

    @TempDir
    private Path directory;

    ExtensionTests() {
        super(Setup.SHARED_WITH_TLS);
    }

    private static CertificateBuilder client(String subject) {
        return new CertificateBuilder().ecp256().subject(subject).addExtendedKeyUsageClientAuth();
    }

    private TestServer serve(TlsClientAuth auth) throws IOException {
        var authority = Files.writeString(directory.resolve("ca.pem"), TestTls.AUTHORITY.getCertificatePEM());
        return serve(base().with(ServerOptions.TLS_CLIENT_AUTH, auth)
                .with(ServerOptions.TLS_CLIENT_CA, FileList.of(authority)));
    }

    private Options base() throws IOException {
        return TestTls.certificate(options(), directory, TestTls.SERVER).with(ServerOptions.TLS_PROVIDER, provider);
    }

    private TestServer serve(Options options) throws IOException {
        return serve(options, new State(), (scope, receive, send) -> {
            switch (scope) {
                case HttpScope http -> {
                    tell(http.scheme(), http.extensions());
                    Answers.text(send, "in");
                }
                case WebSocketScope webSocket -> {
                    tell(webSocket.scheme(), webSocket.extensions());
                    accept(receive, send);
                }
                default -> throw new AssertionError(scope);
            }
        });
    }

    private void tell(String scheme, Extensions extensions) {
        note(scheme);
        note(extensions.get(Tls.class).orElseThrow());
    }

    private WireClient connect(TestServer server, String version, KeyManager... keys) throws IOException {
        return connect(server, version, TestTls.context(keys));
    }

    private WireClient connect(TestServer server, String version, SSLContext context) throws IOException {
        return closing(
                TestTls.connect(server.port(), context, parameters -> parameters.setProtocols(new String[] {version})));
    }

    private static KeyManager[] keys(X509Bundle bundle) throws Exception {
        return bundle.toKeyManagerFactory().getKeyManagers();
    }

    private Tls hear(WireClient client) throws Exception {
        assertEquals("in", client.send(GET).read().body());
        expectNote("https");
        return (Tls) nextNote();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3,TLS_AES_128_GCM_SHA256,772,4865",
        "TLSv1.3,TLS_AES_256_GCM_SHA384,772,4866",
        "TLSv1.3,TLS_CHACHA20_POLY1305_SHA256,772,4867",
        "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,771,49195",
        "TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,771,49196",
        "TLSv1.2,TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,771,52393"
    })
    void versionAndCipherSuiteAreNumbers(String version, String suite, int versionNumber, int suiteNumber)
            throws Exception {
        var client = closing(TestTls.connect(serve(base()).port(), TestTls.context(), parameters -> {
            parameters.setProtocols(new String[] {version});
            parameters.setCipherSuites(new String[] {suite});
        }));
        var tls = hear(client);
        assertEquals(versionNumber, tls.tlsVersion());
        assertEquals(suiteNumber, tls.cipherSuite());
    }

    @Test
    void aWebSocketHearsTheSame() throws Exception {
        var client = new WebSocketClient(connect(serve(base()), "TLSv1.3"));
        client.open();
        expectNote("wss");
        assertEquals(TestTls.SERVER.getCertificate(), certificate(((Tls) nextNote()).serverCert()));
    }

    private static Certificate certificate(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientWithoutACertificateHasNoName(String version) throws Exception {
        for (var auth : List.of(TlsClientAuth.NONE, TlsClientAuth.OPTIONAL, TlsClientAuth.UNVERIFIED)) {
            var tls = hear(connect(auth == TlsClientAuth.NONE ? serve(base()) : serve(auth), version));
            assertEquals(TestTls.SERVER.getCertificate(), certificate(tls.serverCert()));
            assertEquals(List.of(), tls.clientCertChain());
            assertNull(tls.clientCertName());
            assertNull(tls.clientCertError());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aClientsCertificateIsShown(String version) throws Exception {
        for (var auth : List.of(TlsClientAuth.REQUIRED, TlsClientAuth.OPTIONAL, TlsClientAuth.UNVERIFIED)) {
            var tls = hear(connect(serve(auth), version, keys(CLIENT)));
            assertEquals(1, tls.clientCertChain().size());
            assertEquals(
                    CLIENT.getCertificate(), certificate(tls.clientCertChain().getFirst()));
            assertEquals("CN=client,O=Example\\, Inc.", tls.clientCertName());
            assertNull(tls.clientCertError());
        }
    }

    /** Whether a client gets in; in TLS 1.3 it finds out when it reads. */
    private boolean isLetIn(TestServer server, String version, KeyManager... keys) throws Exception {
        try {
            return connect(server, version, keys).send(GET).read().body().equals("in");
        } catch (IOException refused) {
            return false;
        }
    }

    private static List<X509Bundle> untrusted() throws Exception {
        return List.of(
                client("CN=stranger").buildIssuedBy(TestTls.authority("CN=Another Authority")),
                client("CN=alone").setIsCertificateAuthority(true).buildSelfSigned(),
                TestTls.issue(client("CN=late")
                        .notBefore(Instant.now().minusSeconds(7200))
                        .notAfter(Instant.now().minusSeconds(3600))),
                TestTls.issue(
                        new CertificateBuilder().ecp256().subject("CN=server").addExtendedKeyUsageServerAuth()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aCertificateThatDoesNotPassIsRefused(String version) throws Exception {
        for (var auth : List.of(TlsClientAuth.REQUIRED, TlsClientAuth.OPTIONAL)) {
            var server = serve(auth);
            for (var bundle : untrusted()) {
                assertFalse(
                        isLetIn(server, version, TestTls.presenting(bundle)),
                        () -> auth + " " + bundle.getCertificate());
            }
            assertEquals(0, server.calls().intValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aRequiredCertificateMustCome(String version) throws Exception {
        var server = serve(TlsClientAuth.REQUIRED);
        assertFalse(isLetIn(server, version));
        assertEquals(0, server.calls().intValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anUnverifiedCertificateComesWithWhatIsWrongWithIt(String version) throws Exception {
        var server = serve(TlsClientAuth.UNVERIFIED);
        for (var bundle : untrusted()) {
            var tls = hear(connect(server, version, TestTls.presenting(bundle)));
            assertEquals(1, tls.clientCertChain().size());
            assertNotNull(tls.clientCertError(), () -> "nothing is wrong with " + tls);
        }
    }

    @Test
    void aResumedSessionTellsTheSame() throws Exception {
        var server = serve(TlsClientAuth.UNVERIFIED);
        var stranger = untrusted().getFirst();
        for (var version : List.of("TLSv1.2", "TLSv1.3")) {
            var context = TestTls.context(TestTls.presenting(stranger));
            var first = connect(server, version, context);
            var told = hear(first);
            var again = connect(server, version, context);
            assertEquals(told, hear(again));
            assertEquals(
                    first.tlsSession().getCreationTime(), again.tlsSession().getCreationTime(), "it was not resumed");
        }
    }

    @Test
    void aChainIsShownUpToItsFirstGap() throws Exception {
        var middle = TestTls.issue(
                new CertificateBuilder().ecp256().subject("CN=middle").setIsCertificateAuthority(true));
        var bundle = client("CN=below").buildIssuedBy(middle);
        var path = bundle.getCertificatePath();
        var stray = new X509Certificate[] {path[0], path[1], CLIENT.getCertificate()};
        var tls = hear(connect(serve(TlsClientAuth.UNVERIFIED), "TLSv1.3", TestTls.presenting(bundle, stray)));
        assertEquals("CN=below", tls.clientCertName());
        assertEquals(2, tls.clientCertChain().size());
    }
}
