package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.WebSocketHttpResponseBody;
import io.asgi4j.spec.extension.WebSocketHttpResponseStart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: a handshake that the application answers, and then messages both ways.
 *
 * <p>{@code send} and {@code receive} run on the application's threads: {@code turn} serialises the senders and guards
 * {@code phase} and {@code denial}, {@code receiving} admits one receiver. The methods a driver calls run on the
 * connection's event loop, which takes neither of the two.
 */
public final class WebSocketExchange implements Exchange {
    private static final WebSocketDisconnect ABNORMAL = new WebSocketDisconnect(1006, "");
    private static final int NORMAL_CLOSURE = 1000;
    private static final int INTERNAL_ERROR = 1011;
    private static final Headers FORBIDDEN =
            Headers.of("content-type", "text/plain; charset=utf-8", "content-length", "9");

    /** How far the application has got. */
    private enum Phase {
        CONNECTING("before the handshake was answered"),
        DENYING("after the handshake was answered by an HTTP response"),
        OPEN("while the WebSocket is open"),
        CLOSED("after the application closed the WebSocket or denied it");

        private final String description;

        Phase(String description) {
            this.description = description;
        }
    }

    private final ExchangeContext context;
    private final ClientConnection connection;
    private final WebSocketScope scope;
    private final WebSocketStream stream;
    private final Outbox outbox;
    private final Response denial;
    private final Confinement confinement;
    private final Turn turn;

    private Phase phase = Phase.CONNECTING;
    private final AtomicBoolean receiving = new AtomicBoolean();
    private boolean connectDelivered;
    private final MessageQueue messages;
    private final Gate arrivals;
    private final BooleanSupplier hasArrived = this::hasArrived;
    private volatile boolean resume;
    /** What the application is told once its messages are delivered; set once, by whoever ends the WebSocket first. */
    private volatile @Nullable WebSocketDisconnect disconnect;
    /** The client or the server began to close, or the client is gone. */
    private volatile boolean gone;
    /** Whether the handshake was completed; the loop's. */
    private boolean accepted;
    /** Whether the application, or the end of its call, was the first to close; the loop's. */
    private boolean closing;

    /**
     * Creates an exchange, on the event loop.
     *
     * @param scope makes the scope for its connection
     */
    public WebSocketExchange(
            ExchangeContext context, WebSocketStream stream, Function<Connection, WebSocketScope> scope) {
        this.context = context;
        this.stream = stream;
        this.confinement = context.confinements().get();
        this.arrivals = new Gate(confinement);
        this.turn = new Turn(confinement);
        this.connection = new ClientConnection(context);
        this.scope = scope.apply(connection);
        this.outbox = new Outbox(
                context.mailbox(),
                confinement,
                context.writeBuffer(),
                this::afterDrain,
                () -> stream.close(INTERNAL_ERROR, ""));
        this.denial = new Response(stream.denial(), outbox, false, this::denied);
        this.messages = new MessageQueue(confinement, context.readAheadMessages(), context.readAhead());
    }

    @Override
    public WebSocketScope scope() {
        return scope;
    }

    // ---- the application's threads

    @Override
    public InboundEvent receive() throws InterruptedException {
        if (!receiving.compareAndSet(false, true)) {
            throw new IllegalStateException("receive is already waiting in another thread");
        }
        try {
            if (!connectDelivered) {
                connectDelivered = true;
                return new WebSocketConnect();
            }
            arrivals.await(hasArrived);
            var message = messages.take();
            if (messages.resume()) {
                resume = true;
                outbox.wake();
            }
            return message != null ? message : delivered(disconnect);
        } finally {
            receiving.set(false);
        }
    }

    private boolean hasArrived() {
        return disconnect != null || !messages.isEmpty();
    }

    private static WebSocketDisconnect delivered(@Nullable WebSocketDisconnect event) {
        return event == null ? ABNORMAL : event;
    }

    @Override
    public void send(OutboundEvent event) throws IOException, InterruptedException {
        turn.take();
        try {
            requireClient();
            switch (event) {
                case WebSocketAccept accept -> accept(accept);
                case WebSocketSend message -> message(message);
                case WebSocketClose close -> close(close);
                case ExtensionOutboundEvent extension -> extension(extension);
                case HttpResponseStart ignored -> throw foreign(event);
                case HttpResponseBody ignored -> throw foreign(event);
                case LifespanStartupComplete ignored -> throw foreign(event);
                case LifespanStartupFailed ignored -> throw foreign(event);
                case LifespanShutdownComplete ignored -> throw foreign(event);
                case LifespanShutdownFailed ignored -> throw foreign(event);
            }
            // An event that was taken over at once was sent, even if the client has closed since: it may be its answer.
            if (outbox.awaitRoom() && phase != Phase.CLOSED) {
                requireClient();
            }
        } finally {
            turn.pass();
        }
    }

    private void accept(WebSocketAccept event) {
        require(Phase.CONNECTING, event);
        var subprotocol = event.subprotocol();
        if (subprotocol != null && !scope.subprotocols().contains(subprotocol)) {
            throw new IllegalEventException("with a subprotocol that the client did not offer", event);
        }
        phase = Phase.OPEN;
        outbox.put(() -> opened(subprotocol, event.headers()), 0);
    }

    private void message(WebSocketSend event) {
        require(Phase.OPEN, event);
        var text = event.text();
        if (text != null) {
            var size = text.length();
            outbox.put(
                    () -> {
                        outbox.taken(size);
                        stream.text(text);
                    },
                    size);
        } else {
            send(event.bytes());
        }
    }

    private void send(@Nullable ByteBuffer bytes) {
        if (bytes != null) {
            var size = bytes.remaining();
            outbox.put(
                    () -> {
                        outbox.taken(size);
                        stream.binary(bytes);
                    },
                    size);
        }
    }

    private void close(WebSocketClose event) {
        switch (phase) {
            case CONNECTING -> deny();
            case OPEN -> close(event.code(), event.reason());
            case DENYING, CLOSED -> throw new IllegalEventException(phase.description, event);
        }
    }

    private void deny() {
        var event = new WebSocketHttpResponseStart(403, FORBIDDEN);
        denial.start(event.status(), event.headers(), false, false, event);
        denial.body(HttpResponseBody.last("Forbidden").body(), false, event);
        end(ABNORMAL);
    }

    private void close(int code, String reason) {
        outbox.put(
                () -> {
                    closing = true;
                    stream.close(code, reason);
                },
                0);
        end(new WebSocketDisconnect(code, reason));
    }

    private void extension(ExtensionOutboundEvent event) {
        if (!scope.extensions().has(event.extension())) {
            throw new IllegalEventException("because the scope does not offer its extension", event);
        }
        switch (event) {
            case WebSocketHttpResponseStart start -> {
                require(Phase.CONNECTING, event);
                denial.start(start.status(), start.headers(), false, false, event);
                phase = Phase.DENYING;
            }
            case WebSocketHttpResponseBody body -> {
                require(Phase.DENYING, event);
                denial.body(body.body(), body.moreBody(), event);
                if (denial.isComplete()) {
                    end(ABNORMAL);
                }
            }
            default -> throw foreign(event);
        }
    }

    /** The application has ended the WebSocket: what it did not receive yet is dropped. */
    private void end(WebSocketDisconnect event) {
        phase = Phase.CLOSED;
        disconnected(event);
        messages.close();
    }

    private void require(Phase required, OutboundEvent event) {
        if (phase != required) {
            throw new IllegalEventException(phase.description, event);
        }
    }

    private static IllegalEventException foreign(OutboundEvent event) {
        return new IllegalEventException("in a websocket scope", event);
    }

    private void requireClient() throws ClientDisconnectedException {
        if (gone) {
            throw new ClientDisconnectedException();
        }
    }

    @Override
    public void applicationEnded(@Nullable Throwable failure) {
        // A thread that the application left behind may be waiting for the client in send, with the turn.
        outbox.release();
        turn.takeUninterruptibly();
        try {
            var unanswered = phase == Phase.CONNECTING || phase == Phase.DENYING;
            ApplicationFailure.report(scope, gone, unanswered ? "before it answered the handshake" : null, failure);
            switch (phase) {
                case CONNECTING, DENYING -> {
                    if (gone) {
                        denial.abandon();
                    } else {
                        denial.giveUp(true);
                    }
                    end(ABNORMAL);
                }
                case OPEN -> close(failure == null ? NORMAL_CLOSURE : INTERNAL_ERROR, "");
                case CLOSED -> {}
            }
        } finally {
            turn.pass();
        }
    }

    // ---- the connection's event loop

    private void opened(@Nullable String subprotocol, Headers headers) {
        if (gone) {
            return;
        }
        accepted = true;
        logHandshake(0);
        stream.accept(subprotocol, headers);
    }

    private void denied() {
        if (denial.status() != 0) {
            logHandshake(denial.status());
        }
    }

    private void logHandshake(int status) {
        var log = context.accessLog();
        if (log.isOn()) {
            var query = scope.queryString();
            var target = query.isEmpty() ? scope.rawPath() : scope.rawPath() + "?" + query;
            if (status == 0) {
                log.webSocketAccepted(scope.client(), target);
            } else {
                log.webSocketDenied(scope.client(), target, status);
            }
        }
    }

    /** A text message arrived; returns whether there is room for another message. */
    public boolean text(String text) {
        return message(WebSocketReceive.text(text), text.length());
    }

    /** A binary message arrived; returns whether there is room for another message. */
    public boolean binary(ByteBuffer bytes) {
        return message(WebSocketReceive.bytes(bytes), bytes.remaining());
    }

    private boolean message(WebSocketReceive message, int size) {
        var room = messages.add(message, size);
        arrivals.signal();
        return room;
    }

    /** The WebSocket is over; the application hears it after the messages that arrived before. */
    public void closed(int code, String reason) {
        if (closing) {
            // Whoever waits in send waits for nothing; but the client is still there.
            outbox.release();
        } else {
            left();
        }
        disconnected(new WebSocketDisconnect(code, reason));
    }

    /** Nobody hears the application any more, whatever it has still to receive. */
    private void left() {
        connection.setDisconnected();
        gone = true;
        outbox.release();
    }

    private synchronized void disconnected(WebSocketDisconnect event) {
        if (disconnect == null) {
            connection.setDisconnected();
            disconnect = event;
            arrivals.signal();
        }
    }

    /** Half a WebSocket is none. */
    @Override
    public void inputClosed() {
        connectionLost();
    }

    @Override
    public void connectionLost() {
        left();
        // Once it is open, the driver tells the code, when the messages that it still holds are delivered.
        if (!accepted) {
            disconnected(ABNORMAL);
        }
    }

    @Override
    public void writable(boolean writable) {
        outbox.writable(writable);
    }

    private void afterDrain() {
        if (resume) {
            resume = false;
            stream.resume();
        }
        stream.flush();
    }
}
