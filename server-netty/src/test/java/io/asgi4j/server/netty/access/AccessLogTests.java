package io.asgi4j.server.netty.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.UnixAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AccessLogTests {
    private static final TcpAddress CLIENT = new TcpAddress("127.0.0.1", 51234);

    private final Logger logger = (Logger) LoggerFactory.getLogger("asgi4j.access");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AccessLog log = AccessLog.of(Options.defaults());

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private List<String> written() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRequestIsOneLineInTheWordsOfUvicorn() {
        log.http(CLIENT, "GET", "/path?query", "1.1", 200);
        assertEquals(List.of("127.0.0.1:51234 - \"GET /path?query HTTP/1.1\" 200 OK"), written());
    }

    @Test
    void aStatusWithoutAPhraseStandsAlone() {
        log.http(CLIENT, "GET", "/", "1.1", 299);
        assertEquals(List.of("127.0.0.1:51234 - \"GET / HTTP/1.1\" 299"), written());
    }

    @Test
    void aWebSocketIsLoggedAsAccepted() {
        log.webSocketAccepted(CLIENT, "/chat");
        assertEquals(List.of("127.0.0.1:51234 - \"WebSocket /chat\" [accepted]"), written());
    }

    @Test
    void aDeniedWebSocketIsLoggedWithItsStatus() {
        log.webSocketDenied(CLIENT, "/chat", 403);
        assertEquals(List.of("127.0.0.1:51234 - \"WebSocket /chat\" 403 Forbidden"), written());
    }

    @Test
    void anAddressOfIpVersion6StandsInBrackets() {
        log.http(new TcpAddress("::1", 80), "GET", "/", "1.1", 200);
        assertEquals(List.of("[::1]:80 - \"GET / HTTP/1.1\" 200 OK"), written());
    }

    @Test
    void aUnixSocketIsNamed() {
        log.http(new UnixAddress("/run/app.sock"), "GET", "/", "1.1", 200);
        assertEquals(List.of("unix:/run/app.sock - \"GET / HTTP/1.1\" 200 OK"), written());
    }

    @Test
    void whatIsNotKnownIsADash() {
        log.http(null, AccessLog.UNKNOWN, AccessLog.UNKNOWN, AccessLog.UNKNOWN, 400);
        assertEquals(List.of("- - \"- - HTTP/-\" 400 Bad Request"), written());
    }

    @Test
    void aClientCannotForgeALine() {
        log.http(CLIENT, "GET", "/\r\nINFO:     10.0.0.1:1 - \"GET /admin HTTP/1.1\" 200 OK", "1.1", 404);
        assertEquals(
                List.of("127.0.0.1:51234 - \"GET /\\x0D\\x0AINFO:     10.0.0.1:1 - \\x22GET /admin HTTP/1.1\\x22 200 OK"
                        + " HTTP/1.1\" 404 Not Found"),
                written());
    }

    @Test
    void aClientCannotReachTheTerminal() {
        log.http(CLIENT, "GET", "/\u001b[2J\u009b31m\u007f\u00e9\\", "1.1", 404);
        assertEquals(
                List.of("127.0.0.1:51234 - \"GET /\\x1B[2J\\x9B31m\\x7F\\xE9\\x5C HTTP/1.1\" 404 Not Found"),
                written());
    }

    @Test
    void aPlaceholderOfTheClientStaysAsItIs() {
        log.http(CLIENT, "GET", "/{}", "1.1", 200);
        assertEquals(List.of("127.0.0.1:51234 - \"GET /{} HTTP/1.1\" 200 OK"), written());
    }

    @Test
    void nothingIsWrittenWhenItIsOff() {
        var off = AccessLog.of(Options.defaults().with(ServerOptions.ACCESS_LOG, false));
        off.http(CLIENT, "GET", "/", "1.1", 200);
        off.webSocketAccepted(CLIENT, "/");
        off.webSocketDenied(CLIENT, "/", 403);
        assertFalse(off.isOn());
        assertEquals(List.of(), written());
    }

    @Test
    void theLevelOfTheLoggerCountsToo() {
        logger.setLevel(Level.WARN);
        assertFalse(log.isOn());
        logger.setLevel(Level.INFO);
        assertTrue(log.isOn());
    }

    @Test
    void textBeyondLatin1IsEscapedToo() {
        assertEquals("\\u202Eabc\\u2028", Printable.of("\u202eabc\u2028"));
    }
}
