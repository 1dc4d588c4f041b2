package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.wire.Limits;
import io.asgi4j.tck.wire.Octets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** A client that nobody wrote for this kit: what it cannot talk to, browsers and services cannot either. */
final class RealClient implements AutoCloseable {
    private static final OkHttpClient CLIENT = new OkHttpClient();
    private static final int NORMAL_CLOSURE = 1000;

    private final Limits limits;
    private final Facts facts;
    private final OkHttpClient client;

    RealClient(Limits limits, Facts facts) {
        this.limits = limits;
        this.facts = facts;
        this.client = CLIENT.newBuilder()
                .connectionPool(new ConnectionPool())
                .callTimeout(limits.transfer())
                .readTimeout(limits.within())
                .retryOnConnectionFailure(false)
                .build();
    }

    /** Its connections would stay open for minutes, and keep a server that is told to stop waiting. */
    @Override
    public void close() {
        client.connectionPool().evictAll();
    }

    List<Check> exchange(ClientStep.RealRequests step) {
        var checks = new ArrayList<Check>();
        var hasBody = step.method().equals("POST");
        var request = new Request.Builder()
                .url(facts.fill("http://{host}{path}") + step.target())
                .method(step.method(), hasBody ? RequestBody.create(step.body().toByteArray()) : null)
                .build();
        for (var i = 0; i < step.times(); i++) {
            var name = "OkHttp's response " + (i + 1);
            try (var response = client.newCall(request).execute()) {
                var body = Octets.of(response.body().bytes());
                checks.add(new Check(
                        name, "status " + step.status(), "it is " + response.code(), response.code() == step.status()));
                var expected = Octets.of(step.expectedBody().toByteArray());
                checks.add(new Check(name, "the body " + expected, "it is " + body, body.equals(expected)));
            } catch (IOException e) {
                checks.add(Check.failed(name, "a response", e.toString()));
            }
        }
        return checks;
    }

    List<Check> talk(ClientStep.RealWebSocket step) throws InterruptedException {
        var events = new LinkedBlockingQueue<String>();
        var request = new Request.Builder()
                .url(facts.fill("http://{host}{path}") + step.target())
                .build();
        var socket = client.newWebSocket(request, new Recorder(events));
        var expected = new ArrayList<String>();
        expected.add("open");
        step.sent().forEach(socket::send);
        step.expected().forEach(text -> expected.add("text " + facts.fill(text)));
        var seen = new ArrayList<>(take(events, expected.size()));
        socket.close(NORMAL_CLOSURE, "");
        expected.add("closed " + NORMAL_CLOSURE);
        seen.addAll(take(events, 1));
        socket.cancel();
        return List.of(new Check("OkHttp's WebSocket", expected.toString(), "it saw " + seen, seen.equals(expected)));
    }

    /** Up to so many events; fewer if no more come in time. */
    private List<String> take(BlockingQueue<String> events, int count) throws InterruptedException {
        var taken = new ArrayList<String>();
        while (taken.size() < count) {
            var event = events.poll(limits.within().toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                break;
            }
            taken.add(event);
        }
        return taken;
    }

    /** Writes down what happens; OkHttp calls it on threads of its own. */
    private static final class Recorder extends WebSocketListener {
        private final BlockingQueue<String> events;

        Recorder(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            events.add("open");
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            events.add("text " + text);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            events.add("closed " + code);
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, @Nullable Response response) {
            events.add("failure " + failure);
        }
    }
}
