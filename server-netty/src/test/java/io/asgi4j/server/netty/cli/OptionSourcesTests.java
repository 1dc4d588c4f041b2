package io.asgi4j.server.netty.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOption;
import io.asgi4j.server.netty.options.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionSourcesTests {
    @TempDir
    private Path directory;

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("asgi4j.properties"), content);
    }

    private static String messageOf(OptionSources sources) {
        var failure = assertThrows(LaunchException.class, sources::resolve);
        assertEquals(ExitStatus.USAGE, failure.status());
        return failure.getMessage();
    }

    @Test
    void theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
        var options = new OptionSources(
                        Map.<ServerOption<?>, String>of(ServerOptions.PORT, "1"),
                        Map.of("ASGI4J_PORT", "2", "ASGI4J_BACKLOG", "2"),
                        file("port = 3\nbacklog = 3\nloops = 3\n"))
                .resolve();
        assertEquals(1, options.get(ServerOptions.PORT));
        assertEquals(2, options.get(ServerOptions.BACKLOG));
        assertEquals(3, options.get(ServerOptions.LOOPS));
        assertEquals("127.0.0.1", options.get(ServerOptions.HOST));
    }

    @Test
    void anEmptyValueInTheFileIsAValue() throws Exception {
        assertEquals(
                "",
                new OptionSources(Map.of(), Map.of(), file("root-path =\n"))
                        .resolve()
                        .get(ServerOptions.ROOT_PATH));
    }

    @Test
    void anUnknownNameInTheFileIsRefusedWithTheNearest() throws Exception {
        var file = file("keep-alive-timout = 75s\n");
        assertEquals(
                file + ": there is no option 'keep-alive-timout'; did you mean 'keep-alive-timeout'?",
                messageOf(new OptionSources(Map.of(), Map.of(), file)));
    }

    @Test
    void aWrongValueNamesItsSource() throws Exception {
        var file = file("loops = many\n");
        assertEquals(
                file + ": loops cannot be 'many': it takes a number from 0 to 1024",
                messageOf(new OptionSources(Map.of(), Map.of(), file)));
        assertEquals(
                "environment variable ASGI4J_LOOPS: loops cannot be 'many': it takes a number from 0 to 1024",
                messageOf(new OptionSources(Map.of(), Map.of("ASGI4J_LOOPS", "many"), null)));
    }

    @Test
    void aMissingFileIsRefused() {
        var message = messageOf(new OptionSources(Map.of(), Map.of(), directory.resolve("none")));
        assertTrue(
                message.startsWith("the configuration file " + directory.resolve("none") + " cannot be read"), message);
    }

    @Test
    void aNameThatIsLikeNoneHasNoNearest() {
        assertEquals(Optional.empty(), Nearest.to("colour", List.of("port", "host")));
        assertEquals(Optional.of("port"), Nearest.to("prt", List.of("port", "host")));
    }
}
