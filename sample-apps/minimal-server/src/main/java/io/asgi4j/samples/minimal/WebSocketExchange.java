package io.asgi4j.samples.minimal;

import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketConnect;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketSend;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket, from its handshake to its end.
 *
 * <p>Thread ownership: guarded by the lock of the wire. Any thread may send; one at a time may receive; both let go of
 * the lock while they wait.
 *
 * <p>Keeps: the tables "WebSocket: which event is legal when" and "WebSocket: closing"; {@code websocket.*},
 * {@code errors.*}, {@code threads.*}, {@code shutdown.websockets-closed}.
 */
final class WebSocketExchange implements Exchange {
    /** How far the application is; the text ends the sentence that refuses an event. */
    private enum Stage {
        CONNECTING("before websocket.accept"),
        OPEN("after websocket.accept"),
        CLOSED("after the WebSocket was closed");

        private final String text;

        Stage(String text) {
            this.text = text;
        }
    }

    /** A message that waits for receive. */
    private record Message(WebSocketReceive event, int bytes) {}

    private static final Logger LOG = System.getLogger(WebSocketExchange.class.getName());
    static final WebSocketDisconnect LOST = new WebSocketDisconnect(1006, "");

    private final Wire wire;
    private final Limits limits;
    private final WebSocketOffer offer;
    private final Once disconnected = new Once();
    private final Once draining;

    private boolean receiving;
    private boolean connectTold;
    private Stage stage = Stage.CONNECTING;
    private boolean accepted;
    private final Queue<Message> inbox = new ArrayDeque<>();
    private long inboxBytes;

    /** What began the end, whoever did; from then on no frame is sent but an answer to a Close frame. */
    private @Nullable WebSocketDisconnect ending;

    private long endedAt;

    WebSocketExchange(Wire wire, Limits limits, WebSocketOffer offer, Once draining) {
        this.wire = wire;
        this.limits = limits;
        this.offer = offer;
        this.draining = draining;
        draining.onSet(this::shutDown);
    }

    Once disconnected() {
        return disconnected;
    }

    boolean isAccepted() {
        return accepted;
    }

    /** Whether the end has begun. */
    boolean isEnding() {
        return ending != null;
    }

    /** When it began, as {@link System#nanoTime} has it. */
    long endedAt() {
        return endedAt;
    }

    /** Whether no message may be delivered before the application receives one. */
    boolean isFull() {
        return inbox.size() >= limits.get(Limit.MESSAGES) || inboxBytes >= limits.get(Limit.MESSAGE_BYTES);
    }

    void deliver(WebSocketReceive message, int bytes) {
        inbox.add(new Message(message, bytes));
        inboxBytes += bytes;
        wire.changed();
    }

    /** Sends a Close frame, unless the end has begun, and begins the end. */
    void close(int code, String reason) {
        if (ending == null) {
            var text = reason.getBytes(StandardCharsets.UTF_8);
            write(
                    Frames.CLOSE,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .flip());
            end(new WebSocketDisconnect(code, reason));
        }
    }

    /** Begins the end, unless it has begun. */
    void end(WebSocketDisconnect disconnect) {
        if (ending == null) {
            ending = disconnect;
            endedAt = System.nanoTime();
        }
        disconnected.set();
        wire.changed();
    }

    void write(int opcode, ByteBuffer payload) {
        wire.write(Frames.header(opcode, payload.remaining()), payload);
    }

    /** Is called once, when the shutdown of the server begins. */
    private void shutDown() {
        wire.lock();
        try {
            if (stage == Stage.OPEN) {
                close(1012, "");
            }
        } finally {
            wire.unlock();
        }
    }

    @Override
    public InboundEvent receive() throws InterruptedException {
        wire.lock();
        try {
            if (receiving) {
                throw new IllegalStateException("another receive of this exchange is in progress");
            }
            receiving = true;
            try {
                return next();
            } finally {
                receiving = false;
            }
        } finally {
            wire.unlock();
        }
    }

    private InboundEvent next() throws InterruptedException {
        if (!connectTold) {
            connectTold = true;
            return new WebSocketConnect();
        }
        while (true) {
            var message = inbox.poll();
            if (message != null) {
                inboxBytes -= message.bytes();
                wire.changed();
                return message.event();
            }
            if (ending != null) {
                return ending;
            }
            wire.await();
        }
    }

    @Override
    public void send(OutboundEvent event) throws Gone, InterruptedException {
        Objects.requireNonNull(event, "event");
        wire.lock();
        try {
            requireLegal(event);
            while (!wire.hasRoom()) {
                wire.awaitWriter();
                requireLegal(event);
            }
            if (event instanceof WebSocketAccept accept) {
                accept(accept);
            } else if (event instanceof WebSocketSend message) {
                send(message);
            } else if (event instanceof WebSocketClose close) {
                close(close);
            }
            wire.changed();
        } finally {
            wire.unlock();
        }
    }

    private void requireLegal(OutboundEvent event) throws Gone {
        // Once the application has closed, what the client answers does not make it go; that it leaves does.
        if (wire.left() || (ending != null && stage != Stage.CLOSED)) {
            throw new Gone(this);
        }
        var legal = (event instanceof WebSocketAccept && stage == Stage.CONNECTING)
                || (event instanceof WebSocketSend && stage == Stage.OPEN)
                || (event instanceof WebSocketClose && stage != Stage.CLOSED);
        if (!legal) {
            throw new IllegalEventException("in a WebSocket, " + stage.text, event);
        }
        if (event instanceof WebSocketAccept accept
                && accept.subprotocol() != null
                && !offer.subprotocols().contains(accept.subprotocol())) {
            throw new IllegalEventException("with a subprotocol that the client did not offer", event);
        }
    }

    private void accept(WebSocketAccept accept) {
        wire.write(offer.accepted(accept));
        stage = Stage.OPEN;
        accepted = true;
        if (draining.isSet()) {
            close(1012, "");
        }
    }

    private void send(WebSocketSend message) {
        var text = message.text();
        if (text != null) {
            write(Frames.TEXT, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } else {
            write(Frames.BINARY, Objects.requireNonNull(message.bytes()));
        }
    }

    private void close(WebSocketClose close) {
        if (stage == Stage.OPEN) {
            close(close.code(), close.reason());
        } else {
            deny(new Refusal(403, "Forbidden"));
        }
        closed();
    }

    private void deny(Refusal refusal) {
        wire.write(Response.refusal(refusal, false));
        end(LOST);
    }

    private void closed() {
        stage = Stage.CLOSED;
        inbox.clear();
        inboxBytes = 0;
        wire.changed();
    }

    @Override
    public void ended(@Nullable Throwable failure, boolean interrupted) {
        wire.lock();
        try {
            if (failure != null
                    && !Gone.caused(failure, this)
                    && !(interrupted && failure instanceof InterruptedException)) {
                LOG.log(Level.ERROR, "the application failed " + stage.text, failure);
            }
            if (stage == Stage.CONNECTING && !wire.left()) {
                if (failure == null) {
                    LOG.log(Level.ERROR, "the application returned " + stage.text);
                }
                deny(new Refusal(500, "Internal Server Error"));
            } else if (stage == Stage.OPEN && !wire.left()) {
                close(failure == null ? 1000 : 1011, "");
            }
            end(LOST); // unless it has ended in a better way
            closed();
        } finally {
            wire.unlock();
        }
    }
}
