package io.asgi4j.samples.seed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.samples.RunningSample;
import io.asgi4j.spec.WebSocketReceive;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeedApplicationTests {
    private static final String MESSAGE = "{\"some\": \"message\"}";

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void recordTheConsole() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreTheConsole() {
        System.setOut(console);
    }

    @Test
    void aRequestIsAnsweredAsHealthyJson() throws Exception {
        try (var sample = new RunningSample(new SeedApplication())) {
            var response = sample.get("/");

            assertEquals(200, response.statusCode());
            assertEquals("{\"healthy\": \"ok\"}", response.body());
            assertEquals(
                    "application/json",
                    response.headers().firstValue("content-type").orElseThrow());
        }
    }

    @Test
    void theScopeOfARequestIsPrinted() throws Exception {
        try (var sample = new RunningSample(new SeedApplication())) {
            sample.get("/over/here?there=1");

            assertPrinted("HttpScope[");
            assertPrinted("/over/here");
            assertPrinted("there=1");
        }
    }

    @Test
    void aWebSocketIsGreetedWithItsOwnEvent() throws Exception {
        try (var sample = new RunningSample(new SeedApplication())) {
            var socket = sample.webSocket("/websockets_stream");

            socket.say(MESSAGE);

            assertEquals("hello from websocket " + WebSocketReceive.text(MESSAGE), socket.hear());
            assertEquals(1000, socket.closeCode());
        }
    }

    @Test
    void theEventsOfAWebSocketArePrinted() throws Exception {
        try (var sample = new RunningSample(new SeedApplication())) {
            var socket = sample.webSocket("/websockets_stream");
            socket.say(MESSAGE);
            socket.closeCode();

            assertPrinted("WebSocketConnect[]");
            assertPrinted(WebSocketReceive.text(MESSAGE).toString());
        }
    }

    @Test
    void aWebSocketThatLeavesWithoutAWordIsLetGo() throws Exception {
        try (var sample = new RunningSample(new SeedApplication())) {
            sample.webSocket("/").leave();

            assertTrue(sample.firstCallEnded());
            assertPrinted("WebSocketDisconnect[");
        }
    }

    @Test
    void startUpAndShutdownArePrinted() throws Exception {
        new RunningSample(new SeedApplication()).close();

        assertPrinted("LifespanScope[");
        assertPrinted("LifespanStartup[]");
        assertPrinted("LifespanShutdown[]");
    }

    private void assertPrinted(String text) {
        var everything = printed.toString(StandardCharsets.UTF_8);
        assertTrue(everything.contains(text), () -> text + " is not in " + everything);
    }
}
