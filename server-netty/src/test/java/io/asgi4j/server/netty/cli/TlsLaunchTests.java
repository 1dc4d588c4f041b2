package io.asgi4j.server.netty.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.testing.TestTls;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of TLS. */
@Timeout(120)
class TlsLaunchTests {
    @TempDir
    private Path directory;

    private String[] options() throws IOException {
        TestTls.certificate(Options.defaults(), directory, TestTls.SERVER);
        return new String[] {
            "--tls-certificate", directory.resolve("chain.pem").toString(),
            "--tls-key", directory.resolve("key.pem").toString(),
            "--tls-reload-interval", "0s"
        };
    }

    @Test
    void theAddressIsOneOfHttps() throws Exception {
        try (var program = LaunchedProgram.run("$Hello", options())) {
            program.err().await("asgi4j running on https://127\\.0\\.0\\.1:\\d+ ");
        }
    }

    @Test
    void aHangUpSignalBringsNewCertificates() throws Exception {
        assumeFalse(ignoresHangUps(), "what nohup starts ignores SIGHUP, and the JVM leaves it so");
        try (var program = LaunchedProgram.run("$Hello", options())) {
            program.err().await("asgi4j running on ");
            var renewed = TestTls.issue(
                    new CertificateBuilder().ecp256().subject("CN=new").addSanDnsName("renewed.example"));
            TestTls.certificate(Options.defaults(), directory, renewed);
            program.signal("HUP");
            program.err().await("INFO: .* New certificates from now on: renewed\\.example, valid until ");
            program.signal("TERM");
            assertEquals(0, program.status());
        }
    }

    /** Programs that are started from here inherit it. */
    private static boolean ignoresHangUps() throws IOException {
        var status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line -> (Long.parseUnsignedLong(line.split("\\s+")[1], 16) & 1) != 0);
    }

    @Test
    void certificatesThatCannotBeUsedEndTheProgramWithOneSentence() throws Exception {
        var options = options();
        Files.delete(directory.resolve("key.pem"));
        try (var program = LaunchedProgram.run("$Hello", options)) {
            assertEquals(ExitStatus.SERVER_DID_NOT_START.code(), program.status());
            program.err().await("^asgi4j: there is no file " + directory.resolve("key.pem") + "$");
            assertEquals(
                    List.of(),
                    program.err().all().stream()
                            .filter(line -> line.startsWith("\tat "))
                            .toList());
        }
    }

    @Test
    void thePasswordIsNotTakenFromTheCommandLine() throws Exception {
        try (var program = LaunchedProgram.run("$Hello", "--tls-password", "secret")) {
            assertEquals(ExitStatus.USAGE.code(), program.status());
            assertTrue(program.err().all().getFirst().startsWith("asgi4j: there is no option --tls-password"));
        }
    }
}
