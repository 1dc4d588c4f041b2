package io.asgi4j.server.netty.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.options.ServerOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTests {
    private static Arguments run(String... arguments) throws LaunchException {
        return Arguments.parse(Command.RUN, List.of(arguments));
    }

    private static void assertRefused(String reason, Command command, String... arguments) {
        var failure = assertThrows(LaunchException.class, () -> Arguments.parse(command, List.of(arguments)));
        assertEquals(reason + " ('" + command.call() + " --help' explains)", failure.getMessage());
    }

    @Test
    void aValueFollowsItsOptionOrAnEqualsSign() throws Exception {
        assertEquals(
                Map.of(ServerOptions.PORT, "1", ServerOptions.HOST, "::1"),
                run("--port", "1", "--host=::1").serverOptions());
    }

    @Test
    void aValueMayBeEmptyAndMayContainAnEqualsSign() throws Exception {
        assertEquals(
                Map.of(ServerOptions.ROOT_PATH, "", ServerOptions.HOST, "a=b"),
                run("--root-path", "", "--host=a=b").serverOptions());
    }

    @Test
    void aFlagIsOnByItsNameAndOffByNo() throws Exception {
        assertEquals(
                Map.of(ServerOptions.ACCESS_LOG, "true", ServerOptions.DATE_HEADER, "false"),
                run("--access-log", "--no-date-header").serverOptions());
    }

    @Test
    void theLaterOfTwoValuesCounts() throws Exception {
        assertEquals(
                Map.of(ServerOptions.PORT, "2", ServerOptions.ACCESS_LOG, "false"),
                run("--port", "1", "--access-log", "--port", "2", "--no-access-log")
                        .serverOptions());
    }

    @Test
    void optionsStandBeforeAndBehindTheApplication() throws Exception {
        var arguments = run("--class-path", "a:b", "App", "--config=c");
        assertEquals("App", arguments.application());
        assertEquals("a:b", arguments.value(CommandOption.CLASS_PATH));
        assertEquals("c", arguments.value(CommandOption.CONFIG));
    }

    @Test
    void aShortNameMeansTheSame() throws Exception {
        assertTrue(run("-h").has(CommandOption.HELP));
        assertTrue(run("-V").has(CommandOption.VERSION));
    }

    @Test
    void anotherOptionIsNoValue() {
        assertRefused("--host needs a value", Command.RUN, "--host", "--port", "1");
    }

    @Test
    void aFlagTakesNoValue() {
        assertRefused("--no-access-log takes no value", Command.RUN, "--no-access-log=false");
    }

    @Test
    void aProgramHasItsApplicationAlready() {
        assertRefused("'App' is one argument too many", Command.PROGRAM, "App");
        assertRefused("there is no option --class-path", Command.PROGRAM, "--class-path", "a");
    }
}
