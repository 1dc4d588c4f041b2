package io.asgi4j.server.netty.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.server.netty.NettyServer;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionTests {
    static Stream<ServerOption<?>> all() {
        return ServerOptions.all().stream();
    }

    private static String messageOf(ServerOption<?> option, String text) {
        return assertThrows(IllegalArgumentException.class, () -> option.parse(text))
                .getMessage();
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void theDefaultCanBeWrittenAndReadAgain(ServerOption<T> option) {
        assertEquals(option.defaultValue(), option.parse(option.print(option.defaultValue())));
    }

    @ParameterizedTest
    @MethodSource("all")
    void theDescriptionAndTheReasonAreSentences(ServerOption<?> option) {
        assertTrue(option.description().matches("[A-Z].*\\."), option.description());
        assertTrue(option.reason().matches(".*\\."), option.reason());
    }

    @Test
    void theNamesAreUniqueAndInKebabCase() {
        assertEquals(
                ServerOptions.all().size(),
                all().map(ServerOption::name).distinct().count());
        assertTrue(all().allMatch(option -> option.name().matches("[a-z][a-z0-9]*(-[a-z]+)*")));
    }

    @Test
    void theEnvironmentVariableIsMadeFromTheName() {
        assertEquals("ASGI4J_KEEP_ALIVE_TIMEOUT", ServerOptions.KEEP_ALIVE_TIMEOUT.environmentVariable());
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "5m,300000", "24h,86400000", "' 1s ',1000"})
    void aTimeHasAUnit(String text, long milliseconds) {
        assertEquals(Duration.ofMillis(milliseconds), ServerOptions.KEEP_ALIVE_TIMEOUT.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"PT0.5S,500ms", "PT30S,30s", "PT90S,90s", "PT24H,24h", "PT0S,0s"})
    void aTimeIsWrittenWithItsLargestUnit(Duration time, String text) {
        assertEquals(text, ServerOptions.WS_PING_INTERVAL.print(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "75", "s", "-1s", "1.5s", "1 s", "0s", "25h", "75S", "99999999999999999999s"})
    void whatIsNoTimeInRangeIsRefused(String text) {
        assertEquals(
                "keep-alive-timeout cannot be '" + text
                        + "': it takes a time from 1ms to 24h, written like 500ms, 30s, 5m or 1h",
                messageOf(ServerOptions.KEEP_ALIVE_TIMEOUT, text));
    }

    @ParameterizedTest
    @CsvSource({"4096,4096", "4096B,4096", "64KiB,65536", "16MiB,16777216"})
    void aSizeMayHaveABinaryUnit(String text, int bytes) {
        assertEquals(bytes, ServerOptions.MAX_HEADER_SIZE.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64KB", "64kib", "1GiB", "255", "-1", "9999999999GiB", "KiB"})
    void whatIsNoSizeInRangeIsRefused(String text) {
        assertEquals(
                "max-header-size cannot be '" + text
                        + "': it takes a size from 256B to 16MiB, written like 512B, 64KiB or 16MiB",
                messageOf(ServerOptions.MAX_HEADER_SIZE, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "http", "", "99999999999"})
    void whatIsNoPortIsRefused(String text) {
        assertEquals(
                "port cannot be '" + text + "': it takes a number from 0 to 65535",
                messageOf(ServerOptions.PORT, text));
    }

    @Test
    void aChoiceIsReadInAnyCase() {
        assertEquals(TransportMode.IO_URING, ServerOptions.TRANSPORT.parse("IO_URING"));
        assertEquals("io_uring", ServerOptions.TRANSPORT.print(TransportMode.IO_URING));
    }

    @Test
    void anUnknownChoiceIsRefusedWithTheOnesThereAre() {
        assertEquals(
                "lifespan cannot be 'maybe': it takes one of auto, on, off",
                messageOf(ServerOptions.LIFESPAN, "maybe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", ""})
    void whatIsNeitherTrueNorFalseIsRefused(String text) {
        assertEquals(
                "access-log cannot be '" + text + "': it takes true or false",
                messageOf(ServerOptions.ACCESS_LOG, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/api/", "/"})
    void aRootPathBeginsWithASlashAndEndsWithNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> ServerOptions.ROOT_PATH.parse(text));
    }

    @Test
    void anOptionThatWasNotSetHasItsDefault() {
        assertEquals(8000, Options.defaults().get(ServerOptions.PORT));
    }

    @Test
    void settingAnOptionLeavesTheOriginalAsItWas() {
        var original = Options.defaults().with(ServerOptions.PORT, 1);
        assertEquals(2, original.with(ServerOptions.PORT, 2).get(ServerOptions.PORT));
        assertEquals(1, original.get(ServerOptions.PORT));
    }

    @Test
    void aValueOutOfRangeIsRefusedByTheBuilderToo() {
        var builder = NettyServer.builder((scope, receive, send) -> {});
        assertEquals(
                "ws-queue cannot be '0': it takes a number from 1 to 100000",
                assertThrows(IllegalArgumentException.class, () -> builder.option(ServerOptions.WS_QUEUE, 0))
                        .getMessage());
    }

    @Test
    void onlyFlagsAreFlags() {
        assertTrue(ServerOptions.ACCESS_LOG.isFlag());
        assertFalse(ServerOptions.PORT.isFlag());
    }
}
