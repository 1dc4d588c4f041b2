package io.asgi4j.server.netty.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.NettyServer;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.CapturedLog;
import io.asgi4j.server.netty.testing.HttpApplication;
import io.asgi4j.server.netty.testing.TestTls;
import io.asgi4j.server.netty.testing.WireClient;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ReloadTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final HttpApplication APPLICATION = (scope, receive, send) -> Answers.text(send, "in");

    @TempDir
    private Path directory;

    private static X509Bundle certificate(String subject) {
        return TestTls.issue(
                new CertificateBuilder().ecp256().subject("CN=" + subject).addSanDnsName("localhost"));
    }

    private Options options(String interval) throws Exception {
        return TestTls.certificate(Options.defaults(), directory, certificate("old"))
                .with(ServerOptions.PORT, 0)
                .with(ServerOptions.ACCESS_LOG, false)
                .withText(ServerOptions.TLS_RELOAD_INTERVAL, interval);
    }

    private static String subject(NettyServer server) throws Exception {
        try (var client = TestTls.connect(server.port())) {
            assertEquals("in", client.send(GET).read().body());
            return subject(client);
        }
    }

    private static String subject(WireClient client) throws Exception {
        var certificate = (X509Certificate) client.tlsSession().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static void awaitNew(NettyServer server) throws Exception {
        for (var subject = subject(server); !subject.equals("CN=new"); subject = subject(server)) {
            assertEquals("CN=old", subject);
        }
    }

    @Test
    void newFilesAreUsedForNewConnectionsAndOldOnesGoOn() throws Exception {
        try (var server = NettyServer.builder(APPLICATION)
                        .options(options("20ms"))
                        .start();
                var open = TestTls.connect(server.port())) {
            TestTls.certificate(Options.defaults(), directory, certificate("new"));
            awaitNew(server);
            assertEquals("in", open.send(GET).read().body());
            assertEquals("CN=old", subject(open));
        }
    }

    @Test
    void switchedLinksAreSeen() throws Exception {
        var first = Files.createDirectory(directory.resolve("first"));
        var second = Files.createDirectory(directory.resolve("second"));
        TestTls.certificate(Options.defaults(), first, certificate("old"));
        TestTls.certificate(Options.defaults(), second, certificate("new"));
        // As Kubernetes does: the files are links through a link to a directory, which is replaced.
        var data = Files.createSymbolicLink(directory.resolve("data"), first);
        for (var name : new String[] {"chain.pem", "key.pem"}) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("data", name));
        }
        var options = Options.defaults()
                .with(ServerOptions.PORT, 0)
                .withText(ServerOptions.TLS_RELOAD_INTERVAL, "20ms")
                .withText(
                        ServerOptions.TLS_CERTIFICATE,
                        directory.resolve("chain.pem").toString())
                .withText(ServerOptions.TLS_KEY, directory.resolve("key.pem").toString());
        try (var server = NettyServer.builder(APPLICATION).options(options).start()) {
            assertEquals("CN=old", subject(server));
            var next = Files.createSymbolicLink(directory.resolve("next"), second);
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
            awaitNew(server);
        }
    }

    @Test
    void badFilesAreLoggedOnceAndTheOldOnesStay() throws Exception {
        try (var server =
                        NettyServer.builder(APPLICATION).options(options("0s")).start();
                var log = CapturedLog.of("asgi4j")) {
            Files.writeString(directory.resolve("key.pem"), "no key");
            server.reloadCertificates();
            server.reloadCertificates();
            assertEquals(1, log.all().size(), () -> log.all().toString());
            assertEquals(
                    "ERROR The certificates stay as they were: there is no private key in "
                            + directory.resolve("key.pem"),
                    log.nextLine());
            assertEquals("CN=old", subject(server));

            TestTls.certificate(Options.defaults(), directory, certificate("new"));
            server.reloadCertificates();
            var line = log.nextLine();
            assertTrue(line.startsWith("INFO New certificates from now on: localhost, valid until "), line);
            assertEquals("CN=new", subject(server));
        }
    }

    @Test
    void noHandshakeFailsWhileCertificatesChange() throws Exception {
        try (var server =
                NettyServer.builder(APPLICATION).options(options("0s")).start()) {
            for (var i = 0; i < 20; i++) {
                var name = "certificate-" + i;
                TestTls.certificate(Options.defaults(), directory, certificate(name));
                var before = subject(server);
                server.reloadCertificates();
                assertTrue(!before.equals(subject(server)));
                assertEquals("CN=" + name, subject(server));
            }
        }
    }
}
