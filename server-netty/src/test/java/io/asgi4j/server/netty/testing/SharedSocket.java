package io.asgi4j.server.netty.testing;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A socket that listens on the loopback interface, and that servers take over one after the other: what systemd has. */
public final class SharedSocket implements AutoCloseable {
    private static final int BACKLOG = 1024;

    static {
        Epoll.ensureAvailability();
    }

    private final Socket socket = Socket.newSocketStream();
    private final Socket here;
    private final Socket there;

    private SharedSocket() throws IOException {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.listen(BACKLOG);
        var directory = Files.createTempDirectory("socket");
        var meeting = Socket.newSocketDomain();
        var address = new DomainSocketAddress(directory.resolve("s").toString());
        meeting.bind(address);
        meeting.listen(1);
        here = Socket.newSocketDomain();
        here.connect(address);
        there = new Socket(meeting.accept(new byte[128]));
        meeting.close();
        Files.delete(Path.of(address.path()));
        Files.delete(directory);
    }

    public static SharedSocket open() throws IOException {
        return new SharedSocket();
    }

    public int port() {
        return socket.localAddress().getPort();
    }

    /** Returns another descriptor of the socket, for a server to close: one that was sent to oneself. */
    public int descriptor() throws IOException {
        here.sendFd(socket.intValue());
        return there.recvFd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        here.close();
        there.close();
    }
}
