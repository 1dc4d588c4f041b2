package io.asgi4j.samples;

import static io.asgi4j.samples.RunningSample.LIMIT_SECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The JDK's WebSocket, with its callbacks turned into values to wait for. */
public final class TestWebSocket implements WebSocket.Listener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();

    private TestWebSocket() {}

    static TestWebSocket open(HttpClient client, URI uri) {
        var socket = new TestWebSocket();
        client.newWebSocketBuilder()
                .buildAsync(uri, socket)
                .orTimeout(LIMIT_SECONDS, SECONDS)
                .join();
        return socket;
    }

    /** Lets the messages come in. */
    public void resume() {
        socket().request(Long.MAX_VALUE);
    }

    public void say(String text) {
        socket().sendText(text, true).orTimeout(LIMIT_SECONDS, SECONDS).join();
    }

    public void say(byte[] bytes) {
        socket().sendBinary(ByteBuffer.wrap(bytes), true)
                .orTimeout(LIMIT_SECONDS, SECONDS)
                .join();
    }

    /** Closes with 1000. */
    public void leave() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "")
                .orTimeout(LIMIT_SECONDS, SECONDS)
                .join();
    }

    /** The next text message, or null when none came in time. */
    public @Nullable String hear() throws InterruptedException {
        return heard.poll(LIMIT_SECONDS, SECONDS);
    }

    /** The code with which the server closed. */
    public int closeCode() {
        return closeCode.orTimeout(LIMIT_SECONDS, SECONDS).join();
    }

    private WebSocket socket() {
        return opened.join();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        opened.complete(webSocket);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            heard.add(partial.toString());
            partial.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closeCode.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closeCode.completeExceptionally(error);
    }
}
