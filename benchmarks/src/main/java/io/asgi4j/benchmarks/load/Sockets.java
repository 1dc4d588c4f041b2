package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.ClientLoop;
import io.asgi4j.benchmarks.client.Message;
import io.asgi4j.benchmarks.client.WebSocketClient;
import io.asgi4j.benchmarks.peer.Server;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** WebSockets to one server; they belong to the thread that opened them, and live only while it calls {@link #run}. */
final class Sockets implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(5);

    /** Handshakes at a time, fewer than any server's queue of connections that wait to be accepted. */
    private static final int HANDSHAKES = 64;

    private final ClientLoop loop = new ClientLoop();
    private final List<WebSocketClient> sockets = new ArrayList<>();
    private int opened;

    /** Who reads what comes. */
    @FunctionalInterface
    interface Receiver {
        /** A whole message on the socket of this number; the buffer is only lent. */
        void received(int number, ByteBuf content, int index, int length) throws IOException;
    }

    private Sockets() {}

    /** Opens so many; returns when the last of them is open. */
    static Sockets open(Server server, String path, boolean deflate, int count, Receiver receiver) throws IOException {
        var all = new Sockets();
        try {
            while (all.sockets.size() < count) {
                var listener = all.new Listener(all.sockets.size(), receiver);
                all.sockets.add(WebSocketClient.connect(all.loop, server.address(), path, deflate, listener));
                all.runUntil(() -> all.sockets.size() - all.opened < HANDSHAKES);
            }
            all.runUntil(() -> all.opened == count);
            return all;
        } catch (IOException e) {
            all.close();
            throw e;
        }
    }

    WebSocketClient get(int number) {
        return sockets.get(number);
    }

    int size() {
        return sockets.size();
    }

    /** Sends a message at once; whoever answers in {@link Receiver#received} uses {@link WebSocketClient#send} instead. */
    void send(int number, Message message) {
        var socket = sockets.get(number);
        socket.send(message);
        socket.flush();
    }

    /** Lets messages come and go for so long. */
    void run(Duration time) throws IOException {
        loop.runFor(time);
    }

    /** Lets messages come and go until the condition holds. */
    void runUntil(BooleanSupplier condition) throws IOException {
        loop.runUntil(condition, LIMIT);
    }

    /** Closes all, and does not mind if the server is slow with it. */
    @Override
    public void close() {
        sockets.forEach(WebSocketClient::close);
        try {
            loop.runUntil(() -> sockets.stream().allMatch(WebSocketClient::isClosed), CLOSING_LIMIT);
        } catch (IOException e) {
            // closing the loop closes them
        }
        loop.close();
    }

    private final class Listener implements WebSocketClient.Listener {
        private final int number;
        private final Receiver receiver;

        Listener(int number, Receiver receiver) {
            this.number = number;
            this.receiver = receiver;
        }

        @Override
        public void opened(WebSocketClient socket) {
            opened++;
        }

        @Override
        public void received(WebSocketClient socket, ByteBuf content, int index, int length) throws IOException {
            receiver.received(number, content, index, length);
        }
    }
}
