package io.asgi4j.samples.minimal;

import io.asgi4j.samples.minimal.Frames.Breach;
import io.asgi4j.samples.minimal.Frames.Frame;
import io.asgi4j.spec.WebSocketDisconnect;
import io.asgi4j.spec.WebSocketReceive;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of a WebSocket client, and answers pings and Close frames while the application does something else.
 *
 * <p>Thread ownership: belongs to the thread of the connection, which holds the lock of the wire but where it waits.
 *
 * <p>Keeps: {@code websocket.ping.*}, {@code websocket.close.answered}, {@code websocket.close.timed},
 * {@code websocket.messages.order}, {@code websocket.handshake.early-frames-kept}, {@code flow.reading-stops}.
 */
final class WebSocketReader {
    private static final int NO_CODE = 1005;

    private final Wire wire;
    private final Limits limits;
    private final WebSocketExchange exchange;
    private final Frames frames;

    /** When the ping was sent that the client has not answered yet, or null. */
    private @Nullable Long pinged;

    WebSocketReader(Wire wire, Limits limits, WebSocketExchange exchange) {
        this.wire = wire;
        this.limits = limits;
        this.exchange = exchange;
        this.frames = new Frames(wire, limits);
    }

    /** Takes frames until the WebSocket has ended. */
    void run() throws InterruptedException {
        wire.lock();
        try {
            while (!exchange.isAccepted() && !exchange.isEnding() && !wire.left()) {
                wire.await();
            }
            if (exchange.isAccepted()) {
                takeFrames();
            }
            exchange.end(WebSocketExchange.LOST); // unless it has ended in a better way
        } catch (Breach breach) {
            exchange.close(breach.code(), breach.reason()); // the same
        } finally {
            wire.unlock();
        }
    }

    /** Returns when the client closed, is lost, or did not answer in time. */
    private void takeFrames() throws Breach, InterruptedException {
        while (true) {
            if (exchange.isFull() && !exchange.isEnding()) {
                wire.await();
                continue;
            }
            var frame = frames.poll();
            if (frame == null) {
                if (wire.left() || !awaitFrame()) {
                    return;
                }
            } else if (frame.opcode() == Frames.CLOSE) {
                answer(frame);
                return;
            } else if (!exchange.isEnding()) {
                take(frame);
            }
        }
    }

    /** Blocks until something changed; pings a client that is silent, and returns false if it stays so. */
    private boolean awaitFrame() throws InterruptedException {
        if (exchange.isEnding()) {
            return wire.awaitUntil(exchange.endedAt() + limits.nanos(Limit.CLOSE_MILLIS));
        }
        if (pinged != null && wire.lastInput() > pinged) {
            pinged = null;
        }
        if (pinged != null) {
            if (!wire.awaitUntil(pinged + limits.nanos(Limit.PONG_MILLIS))) {
                exchange.close(1011, "no answer to a ping");
            }
        } else if (!wire.awaitUntil(wire.lastInput() + limits.nanos(Limit.PING_MILLIS))) {
            pinged = System.nanoTime();
            exchange.write(Frames.PING, ByteBuffer.allocate(0));
        }
        return true;
    }

    private void take(Frame frame) throws Breach, InterruptedException {
        var payload = frame.payload();
        switch (frame.opcode()) {
            case Frames.TEXT -> exchange.deliver(WebSocketReceive.text(Frames.text(payload)), payload.limit());
            case Frames.BINARY -> exchange.deliver(WebSocketReceive.bytes(payload), payload.limit());
            case Frames.PING -> pong(payload);
            default -> {} // a pong: that something came in is all that counts
        }
    }

    /** Answers a ping. Who does not read the answers is not read from either. */
    private void pong(ByteBuffer payload) throws InterruptedException {
        while (!wire.hasRoom() && !wire.gone()) {
            wire.awaitWriter();
        }
        if (!exchange.isEnding()) {
            exchange.write(Frames.PONG, payload);
        }
    }

    /** Answers a Close frame, unless it is an answer itself. */
    private void answer(Frame close) throws Breach {
        if (exchange.isEnding()) {
            return;
        }
        var payload = close.payload();
        if (!payload.hasRemaining()) {
            exchange.write(Frames.CLOSE, payload);
            exchange.end(new WebSocketDisconnect(NO_CODE, ""));
            return;
        }
        var code = payload.remaining() == 1 ? 0 : payload.getShort() & 0xffff;
        if (!isLegal(code)) {
            throw new Breach(1002, "the code of the Close frame is not legal");
        }
        exchange.close(code, Frames.text(payload));
    }

    private static boolean isLegal(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
