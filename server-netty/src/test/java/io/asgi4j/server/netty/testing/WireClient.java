package io.asgi4j.server.netty.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A client that writes literal bytes and sees what comes back, however odd. Texts are ISO-8859-1. */
public final class WireClient implements AutoCloseable {
    /** How long a test waits for what must happen. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    static final int SMALL_WINDOW = 4096;

    private final Socket socket;
    private final InputStream in;

    private final Socket transport;

    private WireClient(Socket socket, Socket transport) throws IOException {
        this.socket = socket;
        this.transport = transport;
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static WireClient connect(int port) throws IOException {
        var socket = open(port, 0);
        return new WireClient(socket, socket);
    }

    /** Connects with a small receive buffer, so that little fits between the server and a client that does not read. */
    public static WireClient connectWithSmallWindow(int port) throws IOException {
        var socket = open(port, SMALL_WINDOW);
        return new WireClient(socket, socket);
    }

    /** Speaks TLS over an open socket. */
    static WireClient over(SSLSocket tls, Socket transport) throws IOException {
        return new WireClient(tls, transport);
    }

    /** Opens a socket whose receive buffer has this size, or the system's default if it is 0. */
    public static Socket open(int port, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    public WireClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public WireClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends what the server may refuse to read to its end. */
    public WireClient trySend(String text) {
        try {
            send(text);
        } catch (IOException ignored) {
            // What the server answered, or that it closed, is what the test looks at.
        }
        return this;
    }

    /** Ends the sending side: a TCP FIN. */
    public WireClient finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Ends the connection with a TCP RST. */
    public void reset() throws IOException {
        transport.setSoLinger(true, 0);
        transport.close();
    }

    /** Ends the sending side with a TCP FIN, without the close_notify of TLS. */
    public WireClient finishWithoutCloseNotify() throws IOException {
        transport.shutdownOutput();
        return this;
    }

    /** Sends what TLS knows nothing of. */
    public void sendBelowTls(byte[] bytes) throws IOException {
        transport.getOutputStream().write(bytes);
    }

    /** Returns what TLS agreed on. */
    public SSLSession tlsSession() {
        return ((SSLSocket) socket).getSession();
    }

    /** Reads one byte; -1 at the end of the connection. */
    public int readByte() throws IOException {
        return in.read();
    }

    /** Reads the answer to a request that is not HEAD. */
    public Reply read() throws IOException {
        return new ReplyReader(in).read(false);
    }

    /** Reads the answer to a HEAD request. */
    public Reply readHead() throws IOException {
        return new ReplyReader(in).read(true);
    }

    /** Reads on until what was read ends in the given text; returns false if the connection ends before. */
    public boolean readUntil(String text) throws IOException {
        var read = new StringBuilder();
        while (!read.toString().endsWith(text)) {
            var b = in.read();
            if (b < 0) {
                return false;
            }
            read.append((char) b);
        }
        return true;
    }

    /** Whether an answer comes, and begins with the given text. */
    public boolean answersWith(String text) {
        try {
            for (var c : text.toCharArray()) {
                if (in.read() != c) {
                    return false;
                }
            }
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    /** Reads up to so many bytes; returns how many came before the connection ended. */
    public long skip(long count) throws IOException {
        var buffer = new byte[1 << 16];
        var left = count;
        try {
            while (left > 0) {
                var read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                left -= read;
            }
        } catch (SocketException | SSLException reset) {
            return count - left;
        }
        return count - left;
    }

    /** Reads what the server may cut off; returns how many bytes came before the connection ended, however it did. */
    public long trySkip(long count) {
        try {
            return skip(count);
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Reads to the given text, and then exactly so many bytes. */
    public void skipToEnd(String text, long count) throws IOException {
        assertTrue(readUntil(text));
        assertEquals(count, skip(count));
    }

    /** Reads all there is until the connection ends, in whatever way. */
    public String readRest() throws IOException {
        var text = new StringBuilder();
        try {
            for (var b = in.read(); b >= 0; b = in.read()) {
                text.append((char) b);
            }
        } catch (SocketTimeoutException open) {
            fail("the connection is still open after " + text);
        } catch (SocketException | SSLException reset) {
            text.append("");
        }
        return text.toString();
    }

    /** Asserts that the server ends the connection, by FIN or RST, and sends nothing before. */
    public void assertEnds() throws IOException {
        assertEquals("", readRest(), "after the last answer");
    }

    /** Asserts that the server ends the connection by a FIN, and sends nothing before. */
    public void assertCloses() throws IOException {
        assertEquals(-1, in.read());
    }

    /** Asserts that the server breaks the connection by an RST. */
    public void assertReset() throws IOException {
        try {
            var b = in.read();
            fail("expected a reset, got " + b);
        } catch (SocketException | SSLException reset) {
            assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
        }
    }

    /** Asserts that nothing comes for a while: the one place where a test has to wait for nothing to happen. */
    public void assertSilent() throws IOException {
        socket.setSoTimeout(150);
        try {
            var b = in.read();
            fail("expected nothing, got " + (b < 0 ? "the end" : "byte " + b));
        } catch (SocketTimeoutException silent) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
