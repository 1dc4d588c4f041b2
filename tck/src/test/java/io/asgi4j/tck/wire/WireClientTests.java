package io.asgi4j.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireClientTests {
    private static final Octets REQUEST = Octets.lines("GET / HTTP/1.1", "Host: h", "");
    private static final Limits HASTY = Limits.DEFAULT.scaled(0.04);
    private static final Limits SMALL = new Limits(
            Limits.DEFAULT.within(), Limits.DEFAULT.quiet(), Limits.DEFAULT.transfer(), 1 << 16, 4 << 20, 10, 10);
    private static final int MUCH = 64 << 20;

    @Test
    void literalBytesArrive() throws Exception {
        var odd = Octets.hex("00ff0d0a0a0d80");
        try (var server = ScriptedServer.running(peer -> peer.write(peer.read(odd.size())));
                var client = server.connect()) {
            assertTrue(client.send(odd).isAll());
            assertEquals(new Arrival(odd, Ending.OPEN), client.read(odd.size()));
            assertEquals(new Arrival(Octets.EMPTY, Ending.ORDERLY), client.awaitClose());
        }
    }

    @Test
    void aResponseComesInPieces() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.readThrough("\r\n\r\n");
                    peer.write("HTTP/1.1 200 OK\r\nContent-");
                    peer.write("Length: 5\r\n\r\nhe");
                    peer.write("llo");
                });
                var client = server.connect()) {
            client.sendInPieces(REQUEST, 1, Duration.ZERO);
            var response = client.readResponse();
            assertTrue(response.isClean(), response.toString());
            assertEquals("hello", response.body().toLatin1());
        }
    }

    @Test
    void eachPartOfAStreamIsSeenBeforeTheNextIsSent() throws Exception {
        var seen = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                    ScriptedServer.await(seen);
                    peer.write("0\r\n\r\n");
                });
                var client = server.connect()) {
            var reader = client.beginResponse("GET");
            assertEquals("hello", reader.body(5).body().toLatin1());
            var quiet = reader.end(Limits.DEFAULT.quiet());
            assertTrue(quiet.has(Anomaly.Kind.TIMED_OUT));
            assertEquals("hello", quiet.body().toLatin1());
            seen.countDown();
            assertTrue(reader.end().isClean());
        }
    }

    @Test
    void anOrderlyEndIsToldFromAReset() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    if (peer.read(1).toLatin1().equals("r")) {
                        peer.reset();
                    }
                });
                var orderly = server.connect();
                var reset = server.connect()) {
            orderly.send(Octets.latin1("o"));
            reset.send(Octets.latin1("r"));
            assertEquals(Ending.ORDERLY, orderly.awaitClose().ending());
            assertEquals(Ending.RESET, reset.awaitClose().ending());
            assertFalse(reset.isOpen());
            assertTrue(reset.awaitClose().isOnlyTheEnd());
        }
    }

    @Test
    void aResetThatAWriteMetIsStillAReset() throws Exception {
        var ready = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    peer.read(1);
                    peer.reset();
                    ready.countDown();
                });
                var client = server.connect()) {
            client.send(Octets.latin1("x"));
            ScriptedServer.await(ready);
            var sent = client.send(Octets.filled('x', MUCH));
            assertEquals(Sent.Outcome.BROKEN, sent.outcome());
            assertEquals(Ending.RESET, client.awaitClose().ending());
        }
    }

    @Test
    void aServerThatStaysSilentIsNotWaitedForLongerThanTheLimit() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> ScriptedServer.await(done));
                var client = server.connect(HASTY)) {
            assertTrue(client.readResponse().has(Anomaly.Kind.TIMED_OUT));
            assertTrue(client.awaitClose().isNothing());
            assertTrue(client.read(1).isNothing());
            assertTrue(client.readThrough(Octets.latin1("x")).isNothing());
            assertTrue(client.isOpen());
            done.countDown();
        }
    }

    @Test
    void aServerThatDribblesIsNotWaitedForLongerThanTheLimit() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    while (!done.await(1, TimeUnit.MILLISECONDS)) {
                        peer.write("x");
                    }
                });
                var client = server.connect(HASTY)) {
            assertTrue(client.readResponse().has(Anomaly.Kind.TIMED_OUT));
            assertEquals(Ending.OPEN, client.awaitClose().ending());
            done.countDown();
        }
    }

    @Test
    void aServerThatFloodsDoesNotFillTheMemory() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    try {
                        var block = Octets.filled('x', 1 << 16);
                        while (true) {
                            peer.write(block);
                        }
                    } catch (SocketException gone) {
                        return;
                    }
                });
                var client = server.connect(SMALL)) {
            assertTrue(client.readResponse().has(Anomaly.Kind.TOO_LARGE));
            assertTrue(client.awaitClose().octets().size() <= 1 << 20);
            assertTrue(client.isOpen());
            assertEquals(4 << 20, client.drain(4 << 20, Duration.ofSeconds(5)));
            assertTrue(client.transcript().entries().size() < 10);
        }
    }

    @Test
    void aServerThatDoesNotReadDoesNotBlockTheClient() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> ScriptedServer.await(done));
                var client = server.connect(HASTY)) {
            var sent = client.send(Octets.filled('x', MUCH));
            assertEquals(Sent.Outcome.BLOCKED, sent.outcome());
            assertTrue(sent.bytes() < MUCH);
            var more = client.flood(Octets.filled('y', 1000), MUCH, Duration.ofMillis(50));
            assertEquals(Sent.Outcome.BLOCKED, more.outcome());
            done.countDown();
        }
    }

    @Test
    void aFloodEndsAfterSoManyBytes() throws Exception {
        try (var server = ScriptedServer.running(
                        peer -> peer.write(String.valueOf(peer.readToEnd().size())));
                var client = server.connect()) {
            assertEquals(
                    new Sent(100_001, Sent.Outcome.ALL),
                    client.flood(Octets.filled('x', 1000), 100_001, Duration.ofSeconds(5)));
            client.halfClose();
            assertEquals("100001", client.awaitClose().octets().toLatin1());
        }
    }

    @Test
    void aHalfClosedConnectionIsStillRead() throws Exception {
        try (var server = ScriptedServer.running(peer -> {
                    peer.readToEnd();
                    peer.write("late");
                });
                var client = server.connect()) {
            client.halfClose();
            assertEquals(new Arrival(Octets.latin1("late"), Ending.ORDERLY), client.awaitClose());
        }
    }

    @Test
    void aServerSeesAReset() throws Exception {
        var sawReset = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    if (assertThrows(SocketException.class, peer::readToEnd)
                            .getMessage()
                            .contains("reset")) {
                        sawReset.countDown();
                    }
                });
                var client = server.connect()) {
            client.reset();
            ScriptedServer.await(sawReset);
        }
    }

    @Test
    void aServerSeesAnOrderlyClose() throws Exception {
        var sawEnd = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
            peer.readToEnd();
            sawEnd.countDown();
        })) {
            var client = server.connect();
            client.close();
            ScriptedServer.await(sawEnd);
            assertEquals(Ending.LOCAL, client.awaitClose().ending());
            assertEquals(Sent.Outcome.BROKEN, client.send(REQUEST).outcome());
        }
    }

    @Test
    void listeningForNothingConsumesNothing() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    peer.write("surprise");
                    ScriptedServer.await(done);
                });
                var client = server.connect()) {
            assertFalse(client.expectNothing(Duration.ofSeconds(10)).isNothing());
            assertEquals("surprise", client.read(8).octets().toLatin1());
            assertTrue(client.expectNothing().isNothing());
            done.countDown();
        }
    }

    @Test
    void bytesUpToAMarkCanBeRead() throws Exception {
        try (var server = ScriptedServer.running(peer -> peer.write("one|two"));
                var client = server.connect()) {
            assertEquals("one|", client.readThrough(Octets.latin1("|")).octets().toLatin1());
            assertEquals(new Arrival(Octets.latin1("two"), Ending.ORDERLY), client.readThrough(Octets.latin1("|")));
        }
    }

    @Test
    void theEndIsSeenBehindWhatWasNotRead() throws Exception {
        try (var server = ScriptedServer.running(peer -> peer.write("x"));
                var client = server.connect()) {
            while (client.isOpen()) {
                Thread.onSpinWait();
            }
            assertEquals(new Arrival(Octets.latin1("x"), Ending.OPEN), client.expectNothing());
            assertEquals(new Arrival(Octets.latin1("x"), Ending.ORDERLY), client.read(1));
        }
    }

    @Test
    void anotherThreadCanEndAWait() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> {
                    peer.read(1);
                    ScriptedServer.await(done);
                });
                var client = server.connect(Limits.DEFAULT.scaled(10))) {
            client.send(Octets.latin1("x"));
            var closer = Thread.ofPlatform().start(client::close);
            assertEquals(Ending.LOCAL, client.readResponse().ending());
            closer.join();
            done.countDown();
        }
    }

    @Test
    void anInterruptEndsAWait() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = ScriptedServer.running(peer -> ScriptedServer.await(done));
                var client = server.connect(Limits.DEFAULT.scaled(10))) {
            Thread.currentThread().interrupt();
            assertTrue(client.awaitClose().isNothing());
            assertTrue(Thread.interrupted());
            done.countDown();
        }
    }

    @Test
    void nobodyListening() throws Exception {
        InetSocketAddress address;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            address = (InetSocketAddress) listener.getLocalSocketAddress();
        }
        var transcript = Transcript.startingNow();
        assertThrows(IOException.class, () -> WireClient.open(address, "c1", HASTY, transcript));
        assertTrue(transcript.render().contains("cannot connect"), transcript.render());
        var unknown = InetSocketAddress.createUnresolved("host.invalid", 80);
        assertThrows(UnknownHostException.class, () -> WireClient.open(unknown, "c1", HASTY, transcript));
    }

    @Test
    void aUnixSocketWorksToo(@TempDir Path directory) throws Exception {
        var address = UnixDomainSocketAddress.of(directory.resolve("s"));
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address);
            try (var client = WireClient.open(address, "c1", Limits.DEFAULT, Transcript.startingNow())) {
                client.send(Octets.latin1("hello"));
                try (var peer = listener.accept()) {
                    var buffer = ByteBuffer.allocate(5);
                    while (buffer.hasRemaining()) {
                        peer.read(buffer);
                    }
                    peer.write(buffer.flip());
                }
                assertEquals(new Arrival(Octets.latin1("hello"), Ending.ORDERLY), client.awaitClose());
            }
        }
    }

    @Test
    void theTranscriptTellsTheStory() throws Exception {
        var transcript = Transcript.startingNow();
        try (var server = ScriptedServer.running(peer -> {
                    peer.readThrough("\r\n\r\n");
                    peer.write("HTTP/1.1 204 No Content\r\n\r\n");
                });
                var client = WireClient.open(server.address(), "main", Limits.DEFAULT, transcript)) {
            client.send(REQUEST);
            client.readResponse();
            client.awaitClose();
        }
        var story =
                transcript.render().replaceAll("(?m)^ *[0-9.]* (ms|  )  ", "").replaceAll("\\d{4,5}", "PORT");
        assertEquals("""
            main * connected to 127.0.0.1:PORT
            main > GET / HTTP/1.1\\r\\n
            main > Host: h\\r\\n
            main > \\r\\n
            main < HTTP/1.1 204 No Content\\r\\n
            main < \\r\\n
            main * closed by the server
            main * closed by the client
            """, story);
    }
}
