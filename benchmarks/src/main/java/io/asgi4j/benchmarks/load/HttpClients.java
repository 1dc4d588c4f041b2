package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.ClientLoop;
import io.asgi4j.benchmarks.client.Exchange;
import io.asgi4j.benchmarks.client.HttpClient;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** HTTP connections to one server; they belong to the thread that opened them, and live only while it calls {@link #run}. */
final class HttpClients implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Attempts at a time, fewer than any server's queue of connections that wait to be accepted. */
    private static final int ATTEMPTS = 64;

    private final Server server;
    private final Exchange exchange;
    private final Listener listener;
    private final ClientLoop loop = new ClientLoop();
    private final List<HttpClient> clients = new ArrayList<>();

    HttpClients(Server server, Exchange exchange, Consumer<HttpClient> answered) {
        this.server = server;
        this.exchange = exchange;
        this.listener = new Listener(answered);
    }

    /** Opens so many more; returns when the last of them is open. */
    void open(int count) throws IOException {
        var wanted = clients.size() + count;
        for (int begun = clients.size(); begun < wanted; begun++) {
            var enough = begun - ATTEMPTS;
            runUntil(() -> clients.size() > enough);
            HttpClient.connect(loop, server.address(), exchange, listener);
        }
        runUntil(() -> clients.size() == wanted);
    }

    List<HttpClient> all() {
        return clients;
    }

    /** Lets requests and answers go to and fro for so long. */
    void run(Duration time) throws IOException {
        loop.runFor(time);
    }

    /** Lets requests and answers go to and fro until the condition holds. */
    void runUntil(BooleanSupplier condition) throws IOException {
        loop.runUntil(condition, LIMIT);
    }

    /** Does what is to do now and does not wait. */
    void runNow() throws IOException {
        loop.runNow();
    }

    /** Closes what is open; more may be opened afterwards. */
    void closeAll() {
        clients.forEach(HttpClient::close);
        clients.clear();
    }

    @Override
    public void close() {
        closeAll();
        loop.close();
    }

    private final class Listener implements HttpClient.Listener {
        private final Consumer<HttpClient> answered;

        Listener(Consumer<HttpClient> answered) {
            this.answered = answered;
        }

        @Override
        public void opened(HttpClient client) {
            clients.add(client);
        }

        @Override
        public void answered(HttpClient client) {
            answered.accept(client);
        }
    }
}
