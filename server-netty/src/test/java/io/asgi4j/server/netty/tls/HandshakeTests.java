package io.asgi4j.server.netty.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asgi4j.server.netty.options.FileList;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TlsProvider;
import io.asgi4j.server.netty.options.TlsVersion;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.TestTls;
import io.asgi4j.server.netty.testing.WireClient;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is agreed on before the first request. */
@ParameterizedClass
@EnumSource(names = {"JDK", "OPENSSL"})
class HandshakeTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

    @Parameter
    private TlsProvider provider;

    @TempDir
    private Path directory;

    HandshakeTests() {
        super(Setup.LOOP_WITH_TLS);
    }

    private TestServer serve(Options options) throws IOException {
        return serve(
                options.with(ServerOptions.TLS_PROVIDER, provider), (scope, receive, send) -> Answers.text(send, "in"));
    }

    private TestServer serve() throws IOException {
        return serve(TestTls.certificate(options(), directory, TestTls.SERVER));
    }

    private WireClient connect(TestServer server, Consumer<SSLParameters> wishes) throws IOException {
        return closing(TestTls.connect(server.port(), TestTls.context(), wishes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothVersionsAreSpoken(String version) throws Exception {
        var client = connect(serve(), parameters -> parameters.setProtocols(new String[] {version}));
        assertEquals("in", client.send(GET).read().body());
        assertEquals(version, client.tlsSession().getProtocol());
    }

    @Test
    void anOldVersionIsRefused() throws Exception {
        var server = serve(TestTls.certificate(options(), directory, TestTls.SERVER)
                .with(ServerOptions.TLS_MIN_VERSION, TlsVersion.TLS_1_3));
        var refused = assertThrows(
                SSLException.class,
                () -> connect(server, parameters -> parameters.setProtocols(new String[] {"TLSv1.2"})));
        assertTrue(refused.getMessage().contains("protocol_version"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
            })
    void cipherSuitesWithoutForwardSecrecyOrAuthenticatedEncryptionAreRefused(String suite) throws Exception {
        var server = serve(TestTls.certificate(
                options(),
                directory,
                TestTls.issue(
                        new CertificateBuilder().rsa2048().subject("CN=rsa").addSanDnsName("localhost"))));
        assertThrows(
                SSLHandshakeException.class,
                () -> connect(server, parameters -> {
                    parameters.setProtocols(new String[] {"TLSv1.2"});
                    parameters.setCipherSuites(new String[] {suite});
                }));
    }

    @Test
    void theProtocolIsNegotiated() throws Exception {
        var client = connect(serve(), parameters -> parameters.setApplicationProtocols(new String[] {"x", "http/1.1"}));
        assertEquals("in", client.send(GET).read().body());
    }

    @Test
    void aClientWithoutACommonProtocolIsTold() throws Exception {
        assumeTrue(provider == TlsProvider.JDK, "OpenSSL's binding cannot; such a client is spoken to in HTTP/1.1");
        var server = serve();
        var refused = assertThrows(
                SSLHandshakeException.class,
                () -> connect(server, parameters -> parameters.setApplicationProtocols(new String[] {"x"})));
        assertTrue(refused.getMessage().contains("no_application_protocol"), refused.getMessage());
    }

    @Test
    void aHandshakeThatIsNeverBegunEndsInTime() throws Exception {
        var server = serve(TestTls.certificate(options(), directory, TestTls.SERVER)
                .withText(ServerOptions.TLS_HANDSHAKE_TIMEOUT, "200ms"));
        closing(WireClient.connect(server.port())).assertEnds();
    }

    @Test
    void aHandshakeThatDripsInEndsInTime() throws Exception {
        var server = serve(TestTls.certificate(options(), directory, TestTls.SERVER)
                .withText(ServerOptions.TLS_HANDSHAKE_TIMEOUT, "200ms"));
        closing(WireClient.connect(server.port()))
                .send(new byte[] {22, 3, 1, 1, 0})
                .readRest();
    }

    @Test
    void theTimeoutEndsWithTheHandshake() throws Exception {
        var server = serve(TestTls.certificate(options(), directory, TestTls.SERVER)
                .withText(ServerOptions.TLS_HANDSHAKE_TIMEOUT, "500ms"));
        var first = connect(server);
        assertEquals("in", first.send(GET).read().body());
        // Closed for being late, as the first one would be if it was late too.
        closing(WireClient.connect(server.port())).assertEnds();
        assertEquals("in", first.send(GET).read().body());
    }

    @Test
    void aRequestWithoutTlsIsClosedAndNobodyIsCalled() throws Exception {
        var server = serve();
        closing(WireClient.connect(server.port())).trySend(GET).readRest();
        assertEquals(0, server.calls().intValue());
    }

    @Test
    void aClientHelloOfAnyDeclaredSizeCostsNoMore() throws Exception {
        var server = serve();
        // A record with the first octets of a handshake message of nearly 16 MiB.
        closing(WireClient.connect(server.port()))
                .send(new byte[] {22, 3, 1, 0, 4, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff})
                .finish()
                .readRest();
        assertEquals("in", connect(server).send(GET).read().body());
    }

    /** Speaks TLS over a socket whose output is another stream. */
    private SSLSocket startTls(Socket transport, OutputStream output) throws IOException {
        var redirected = new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return transport.getInputStream();
            }

            @Override
            public OutputStream getOutputStream() {
                return output;
            }

            @Override
            public boolean isConnected() {
                return true;
            }
        };
        return closing(
                (SSLSocket) TestTls.context().getSocketFactory().createSocket(redirected, "localhost", 0, false));
    }

    @Test
    void aHandshakeMayComeOctetByOctet() throws Exception {
        var transport = closing(WireClient.open(serve().port(), 0));
        var out = transport.getOutputStream();
        var socket = startTls(transport, new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
            }
        });
        socket.startHandshake();
        assertEquals("localhost", commonName(socket));
    }

    private static String commonName(SSLSocket socket) throws IOException {
        return commonName((X509Certificate) socket.getSession().getPeerCertificates()[0]);
    }

    private static String commonName(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    /** Passes on what is written, or keeps it until it may go. */
    private static final class HeldBack extends OutputStream {
        private final OutputStream out;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean holding;

        HeldBack(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            (holding ? held : out).write(bytes, offset, length);
        }

        void hold() {
            holding = true;
        }

        void release() throws IOException {
            holding = false;
            out.write(held.toByteArray());
        }
    }

    @Test
    void renegotiationEndsTheConnection() throws Exception {
        var server = serve();
        var transport = closing(WireClient.open(server.port(), 0));
        var output = new HeldBack(transport.getOutputStream());
        var socket = startTls(transport, output);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        output.hold();
        // Only its first message, which the server gets together with a request.
        socket.startHandshake();
        socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        output.release();
        assertThrows(IOException.class, () -> {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException();
            }
        });
        assertEquals(0, server.calls().intValue());
    }

    // ---- which certificate

    /** A sequence of one name, in DER. */
    private static byte[] dnsName(String name) {
        var der = new ByteArrayOutputStream();
        der.writeBytes(new byte[] {0x30, (byte) (name.length() + 2), (byte) 0x82, (byte) name.length()});
        der.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        return der.toByteArray();
    }

    private static CertificateBuilder names(String subject, String... names) {
        var builder = new CertificateBuilder().ecp256().subject("CN=" + subject);
        for (var name : names) {
            if (name.startsWith("*")) {
                // The builder knows no wildcards.
                builder.addExtensionOctetString(SUBJECT_ALTERNATIVE_NAME, false, dnsName(name));
            } else {
                builder.addSanDnsName(name);
            }
        }
        return builder;
    }

    private Options certificates(List<X509Bundle> bundles) throws IOException {
        var options = options();
        var chains = new ArrayList<Path>();
        var keys = new ArrayList<Path>();
        for (var bundle : bundles) {
            var own = Files.createTempDirectory(directory, "certificate");
            TestTls.certificate(options, own, bundle);
            chains.add(own.resolve("chain.pem"));
            keys.add(own.resolve("key.pem"));
        }
        return options.with(ServerOptions.TLS_CERTIFICATE, new FileList(chains))
                .with(ServerOptions.TLS_KEY, new FileList(keys));
    }

    private String subjectFor(TestServer server, Consumer<SSLParameters> wishes) throws IOException {
        var client = connect(server, parameters -> {
            parameters.setEndpointIdentificationAlgorithm("");
            wishes.accept(parameters);
        });
        return commonName((X509Certificate) client.tlsSession().getPeerCertificates()[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "first.example,first",
        "SECOND.example,second",
        "any.third.example,third",
        "exact.third.example,exact",
        "third.example,first",
        "a.b.third.example,first",
        "unknown.example,first"
    })
    void theNameThatTheClientAsksForChoosesTheCertificate(String name, String subject) throws Exception {
        var server = serve(certificates(List.of(
                TestTls.issue(names("first", "first.example")),
                TestTls.issue(names("second", "second.example", "other.example")),
                TestTls.issue(names("third", "*.third.example")),
                TestTls.issue(names("exact", "exact.third.example")))));
        assertEquals(
                subject, subjectFor(server, parameters -> parameters.setServerNames(List.of(new SNIHostName(name)))));
    }

    @Test
    void theFirstCertificateIsForClientsThatNameNoHost() throws Exception {
        var server = serve(certificates(
                List.of(TestTls.issue(names("first", "a.example")), TestTls.issue(names("second", "b.example")))));
        assertEquals("first", subjectFor(server, parameters -> parameters.setServerNames(List.of())));
    }

    @ParameterizedTest
    @CsvSource({"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,rsa", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,ec"})
    void ofTwoCertificatesForAHostTheClientGetsOneItCanCheck(String suite, String subject) throws Exception {
        assumeTrue(provider == TlsProvider.JDK, "OpenSSL's binding does not ask what the client can check");
        var server = serve(certificates(List.of(
                TestTls.issue(names("ec", "localhost")),
                TestTls.issue(names("rsa", "localhost").rsa2048()))));
        assertEquals(subject, subjectFor(server, parameters -> {
            parameters.setProtocols(new String[] {"TLSv1.2"});
            parameters.setCipherSuites(new String[] {suite});
        }));
    }
}
