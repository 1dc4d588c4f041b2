package io.asgi4j.tck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.asgi4j.tck.report.ReportJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --image} where there is no engine, or no image. With both, {@code .ci/run} judges an image that it has built. */
class ImageTests {
    private static final String SCENARIO = "HttpRequestBodyTck.aChunkedBodyArrivesDecoded";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void withoutAnEngineThereIsOneSentenceAndAReport() throws Exception {
        assumeFalse(Files.exists(Path.of("/var/run/docker.sock")), "there is an engine here");
        var run = Cli.run(
                Map.of("DOCKER_HOST", "unix://" + folder.resolve("nobody.sock")),
                "run",
                "--image",
                "example/server:1",
                "--report",
                folder.toString(),
                SCENARIO);
        assertEquals(3, run.status(), run::out);
        var sentence = "no container engine answers; start Docker, or name its socket in DOCKER_HOST,"
                + " or judge the server by --command or --url instead";
        assertTrue(run.out().contains(sentence), run::out);
        var report = ReportJson.read(folder.resolve("report.json"));
        assertEquals(List.of(sentence), report.problems());
        assertEquals("image example/server:1", report.way());
    }

    @Test
    void anImageThatIsNotThereIsToldAtOnce() throws Exception {
        try (var engine = new EngineWithoutImages()) {
            var run = Cli.run(
                    Map.of("DOCKER_HOST", engine.address()),
                    "run",
                    "--image",
                    "example/server:1",
                    "--report",
                    folder.toString(),
                    SCENARIO);
            assertEquals(3, run.status(), run::out);
            var problems = ReportJson.read(folder.resolve("report.json")).problems();
            assertEquals(1, problems.size(), problems::toString);
            assertTrue(
                    problems.getFirst()
                            .startsWith("there is no image example/server:1 here, and it cannot be pulled; build it, or"
                                    + " look at its name ("),
                    problems::toString);
            assertTrue(problems.getFirst().contains(EngineWithoutImages.REASON), problems::toString);
            assertEquals(1, engine.pulls());
        }
    }
}
