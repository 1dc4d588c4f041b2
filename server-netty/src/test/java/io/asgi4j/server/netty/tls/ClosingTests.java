package io.asgi4j.server.netty.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.asgi4j.server.netty.testing.Answers;
import io.asgi4j.server.netty.testing.ServerTests;
import io.asgi4j.server.netty.testing.Setup;
import io.asgi4j.server.netty.testing.TestServer;
import io.asgi4j.server.netty.testing.TestTls;
import io.asgi4j.server.netty.testing.WireClient;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** How connections with TLS end. The JDK's client tells an end with close_notify, which is -1, from one without, which throws. */
@ParameterizedClass
@ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
class ClosingTests extends ServerTests {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String OLD = "GET / HTTP/1.0\r\n\r\n";
    private static final int LARGE = 20_000_000;

    @Parameter
    private String version;

    @TempDir
    private Path directory;

    ClosingTests() {
        super(Setup.SHARED_WITH_TLS);
    }

    @Override
    protected WireClient connect(TestServer server) throws IOException {
        return closing(TestTls.connect(
                server.port(), TestTls.context(), parameters -> parameters.setProtocols(new String[] {version})));
    }

    @Test
    void theServerSaysThatThatWasAll() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, "all")));
        assertEquals("all", client.send(OLD).read().body());
        client.assertCloses();
    }

    @Test
    void aRefusalIsReadToItsEnd() throws Exception {
        var client = connect(serve((scope, receive, send) -> Answers.text(send, "")));
        assertEquals(400, client.send("nonsense\r\n\r\n").read().status());
        client.assertCloses();
    }

    @Test
    void aResponseThatIsCutOffEndsWithoutThat() throws Exception {
        var client = connect(serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(HttpResponseBody.more("half"));
            throw new IllegalStateException("on purpose");
        }));
        client.send(OLD);
        assertThrows(IOException.class, () -> readAll(client));
    }

    private static void readAll(WireClient client) throws IOException {
        while (client.readByte() >= 0) {
            // until it ends, in whatever way
        }
    }

    @Test
    void aBodyThatIsCutOffByTheEndOfTlsIsNeverComplete() throws Exception {
        var server = serve((scope, receive, send) -> Answers.echo(receive, send));
        connect(server)
                .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")
                .finish();
        server.assertThrows(EOFException.class);
        connect(server)
                .send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                .finish();
        server.assertThrows(EOFException.class);
    }

    @Test
    void aBodyThatIsCutOffByTheEndOfTheConnectionIsNeverComplete() throws Exception {
        var server = serve((scope, receive, send) -> Answers.echo(receive, send));
        connect(server)
                .send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc")
                .finishWithoutCloseNotify();
        server.assertThrows(EOFException.class);
    }

    @Test
    void aClientThatLeavesIsNoticed() throws Exception {
        var inside = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            inside.countDown();
            scope.connection().disconnected().await();
        });
        var client = connect(server).send(GET);
        await(inside);
        client.close();
        server.assertReturns();
    }

    @Test
    void aRecordThatWasTamperedWithEndsTheConnection() throws Exception {
        var inside = new CountDownLatch(1);
        var server = serve((scope, receive, send) -> {
            inside.countDown();
            scope.connection().disconnected().await();
        });
        var client = connect(server).send(GET);
        await(inside);
        client.sendBelowTls(
                new byte[] {23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20});
        assertThrows(SSLException.class, client::readByte);
        server.assertReturns();
    }

    @Test
    void filesOfPipelinedRequestsComeInOrder() throws Exception {
        var content = "0123456789abcdef".repeat(30_000);
        var path = Files.writeString(directory.resolve("file"), content);
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            if (scope.path().equals("/file")) {
                send.send(new HttpResponsePathSend(path));
            } else {
                send.send(HttpResponseBody.last(scope.path()));
            }
        });
        var client = connect(server);
        var paths = new String[] {"/file", "/1", "/file", "/file", "/2"};
        for (var next : paths) {
            client.send("GET " + next + " HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        for (var next : paths) {
            assertEquals(next.equals("/file") ? content : next, client.read().body());
        }
    }

    @Test
    void aFileThatShrinksIsVisiblyCutOff() throws Exception {
        var path = Files.write(directory.resolve("file"), new byte[LARGE]);
        var server = serve((scope, receive, send) -> {
            send.send(new HttpResponseStart(200));
            send.send(new HttpResponsePathSend(path));
        });
        var client = closing(TestTls.connectWithSmallWindow(server.port())).send(GET);
        client.readByte();
        try (var file = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
            file.truncate(1000);
        }
        assertFalse(client.skip(LARGE) == LARGE);
    }

    @Test
    void aHandshakeThatIsUnderWayWhenTheServerStopsIsServed() throws Exception {
        var server = serve((scope, receive, send) -> Answers.text(send, "late"));
        var early = connect(server);
        var transport = closing(WireClient.connect(server.port()));
        var drained = new FutureTask<>(() -> {
            server.drain(Duration.ofSeconds(5));
            return "drained";
        });
        Thread.ofVirtual().start(drained);
        assertEquals("late", early.send(GET).read().body());
        early.assertCloses();
        transport.close();
        assertEquals("drained", drained.get());
    }
}
