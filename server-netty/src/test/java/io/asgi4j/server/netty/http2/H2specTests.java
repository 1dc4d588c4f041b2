package io.asgi4j.server.netty.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestTls;
import io.asgi4j.server.netty.testing.UnderBothSchedulers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The judge that most servers have their HTTP/2 judged by: all of its cases, strictly. */
@UnderBothSchedulers
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class H2specTests extends ServerTests {
    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";
    private static final int TAR_BLOCK = 512;
    private static final int TAR_SIZE = 124;
    private static final int TAR_SIZE_DIGITS = 11;
    private static final Pattern VERDICT =
            Pattern.compile("(\\d+) tests, (\\d+) passed, (\\d+) skipped, (\\d+) failed");

    @TempDir
    private Path directory;

    H2specTests(Setup setup) {
        super(setup);
    }

    /** The archive holds one file. */
    private Path program() throws IOException {
        var program = directory.resolve("h2spec");
        try (InputStream archive = H2specTests.class.getResourceAsStream(ARCHIVE)) {
            assertNotNull(archive, ARCHIVE);
            var tar = new GZIPInputStream(archive);
            var header = new String(tar.readNBytes(TAR_BLOCK), StandardCharsets.US_ASCII);
            var size = Integer.parseInt(header.substring(TAR_SIZE, TAR_SIZE + TAR_SIZE_DIGITS), 8);
            Files.write(program, tar.readNBytes(size));
        }
        assertTrue(program.toFile().setExecutable(true));
        return program;
    }

    @Test
    void everyCaseIsPassedInClearText() throws Exception {
        judge(options());
    }

    @Test
    void everyCaseIsPassedOverTls() throws Exception {
        judge(TestTls.certificate(options(), directory, TestTls.SERVER), "--tls", "--insecure");
    }

    private void judge(Options options, String... tls) throws Exception {
        var server = serve(options, (scope, receive, send) -> Answers.text(send, "Hello"));
        var report = directory.resolve("report");
        var command = new ArrayList<>(
                List.of(program().toString(), "--strict", "-h", "127.0.0.1", "-p", Integer.toString(server.port())));
        command.addAll(List.of(tls));
        var judge = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        try {
            assertTrue(judge.waitFor(25, TimeUnit.SECONDS), "h2spec does not end");
        } finally {
            judge.destroyForcibly();
        }
        var text = Files.readString(report);
        var verdict = VERDICT.matcher(text);
        assertTrue(verdict.find(), text);
        assertEquals("146 tests, 146 passed, 0 skipped, 0 failed", verdict.group(), text);
    }
}
