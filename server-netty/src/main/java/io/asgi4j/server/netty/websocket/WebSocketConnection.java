package io.asgi4j.server.netty.websocket;

import io.asgi4j.server.netty.loop.RateLimit;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket after its handshake, server side (RFC 6455): whole messages in and out, pings answered and sent, and
 * the closing handshake with exactly one Close frame each way.
 *
 * <p>Owned by the event loop of its pipe: every method must be called there, and the listener is called there.
 *
 * <p>Input is taken on demand. While {@link #pause paused}, nothing more is read from the pipe, and what had been read
 * waits, which is at most one round of reading.
 */
public final class WebSocketConnection {
    private enum State {
        OPEN,
        /** This side has sent its Close frame; messages are dropped until the peer's comes. */
        CLOSING,
        /** Over; input is dropped and nothing is written any more. */
        CLOSED
    }

    private static final byte[] EMPTY_PAYLOAD = new byte[0];
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final BytePipe pipe;
    private final WebSocketConfig config;
    private final WebSocketListener listener;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final PongWriter pongs;
    private final MessageAssembler assembler;
    private final RateLimit controlFrames;
    private final Heartbeat heartbeat;
    private final UnreadInput unread;

    private State state = State.OPEN;
    /** Whether the listener wants no more messages for now. */
    private boolean paused;
    /** Whether the input is being processed, further up the stack. */
    private boolean processing;
    /** Whether the pipe has no more input than what is unread. */
    private boolean inputClosed;
    /** Ends the wait for the peer's Close frame, then the wait for the end of the pipe. */
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Creates the WebSocket, which does nothing before {@link #start}.
     *
     * @param deflate what was agreed on compression, if anything
     */
    public WebSocketConnection(
            BytePipe pipe, WebSocketConfig config, @Nullable PerMessageDeflate deflate, WebSocketListener listener) {
        this.pipe = pipe;
        this.config = config;
        this.listener = listener;
        var inflater = new MessageInflater(deflate != null && deflate.clientContextTakeover());
        var deflater =
                deflate == null ? null : new MessageDeflater(config.deflateLevel(), deflate.serverContextTakeover());
        this.assembler = new MessageAssembler(config.maxMessageSize(), inflater);
        this.reader = new FrameReader(config.maxMessageSize(), deflate != null, new Incoming());
        this.writer = new FrameWriter(pipe, deflater);
        this.pongs = new PongWriter(pipe, writer);
        this.controlFrames =
                new RateLimit(config.maxControlFrames(), SECOND, pipe.executor().ticker()::nanoTime);
        this.heartbeat = new Heartbeat(pipe.executor(), config.pingInterval(), config.pingTimeout(), new Pings());
        this.unread = new UnreadInput(pipe.alloc());
    }

    /** Begins to read and to ping; the handshake's answer must have been written to the pipe before. */
    public void start() {
        assert pipe.executor().inEventLoop();
        heartbeat.start();
        requestInput();
    }

    /** Takes input, in order, as cut by the transport; ownership of the buffer passes to this method. */
    public void read(ByteBuf bytes) {
        assert pipe.executor().inEventLoop();
        if (state == State.CLOSED) {
            bytes.release();
            return;
        }
        heartbeat.signOfLife();
        unread.add(bytes);
        process();
    }

    /** Ends a round of {@link #read}: writes what is due, and asks for more unless paused. */
    public void readComplete() {
        assert pipe.executor().inEventLoop();
        pongs.endRound();
        writer.flush();
        requestInput();
    }

    /** The pipe has no more input: the peer has closed its side, or the connection is lost; may be called again. */
    public void inputClosed() {
        assert pipe.executor().inEventLoop();
        inputClosed = true;
        if (timer != null && state == State.CLOSED) {
            timer.cancel(false);
        }
        process();
    }

    /** {@link BytePipe#isWritable} has changed. */
    public void writabilityChanged() {
        assert pipe.executor().inEventLoop();
        if (state == State.CLOSED || !pipe.isWritable()) {
            return;
        }
        heartbeat.signOfLife();
        pongs.writePending();
        writer.flush();
        if (state == State.OPEN) {
            listener.onWritable();
        }
    }

    /**
     * Tells no more messages, from the next one on, and reads no more, until {@link #resume}; closing goes on. A listener
     * that keeps messages should pause by their octets too: compressed, many large ones fit into one round of reading.
     */
    public void pause() {
        assert pipe.executor().inEventLoop();
        paused = true;
    }

    /** Ends a {@link #pause}: messages that have already arrived are told from within this call. */
    public void resume() {
        assert pipe.executor().inEventLoop();
        paused = false;
        process();
        writer.flush();
        requestInput();
    }

    /** Whether a sender should go on: false while the peer does not take what was written, and after the end. */
    public boolean isWritable() {
        assert pipe.executor().inEventLoop();
        return state == State.OPEN && pipe.isWritable();
    }

    /** Writes a text message without flushing; returns false, writing nothing, if the WebSocket is no longer open. */
    public boolean sendText(String text) {
        assert pipe.executor().inEventLoop();
        if (state != State.OPEN) {
            return false;
        }
        writer.text(text);
        return true;
    }

    /**
     * Writes a binary message without flushing; returns false, writing nothing, if the WebSocket is no longer open. The
     * buffer's position stays; its content must not change afterwards, because large ones are not copied.
     */
    public boolean sendBinary(ByteBuffer bytes) {
        assert pipe.executor().inEventLoop();
        if (state != State.OPEN) {
            return false;
        }
        writer.binary(bytes);
        return true;
    }

    /** Flushes what was written since the last flush, if anything. */
    public void flush() {
        assert pipe.executor().inEventLoop();
        writer.flush();
    }

    /**
     * Begins the closing handshake, unless one has begun: sends a Close frame and waits for the peer's, for the
     * configured time. Messages that were not told yet are dropped.
     *
     * @param code legal on the wire, see {@link CloseCode#isLegalOnTheWire}
     * @param reason at most 123 octets of UTF-8
     */
    public void close(int code, String reason) {
        assert pipe.executor().inEventLoop();
        if (state != State.OPEN) {
            return;
        }
        writer.close(code, reason);
        release(State.CLOSING);
        writer.flush();
        timer = afterCloseTimeout(this::finish);
        listener.onClosed(code, reason);
        process();
        requestInput();
    }

    /** Ends the WebSocket at once, without a Close frame; the listener is told 1006. */
    public void abort() {
        assert pipe.executor().inEventLoop();
        boolean wasOpen = state == State.OPEN;
        release(State.CLOSED);
        pipe.abort();
        if (wasOpen) {
            listener.onClosed(CloseCode.ABNORMAL, "");
        }
    }

    private boolean isTakingInput() {
        return switch (state) {
            case OPEN -> !paused;
            case CLOSING -> true;
            case CLOSED -> false;
        };
    }

    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (!unread.isEmpty() && isTakingInput()) {
                reader.advance(unread.bytes());
            }
        } catch (WebSocketViolation violation) {
            fail(violation.code(), violation.reason());
        } catch (RuntimeException | Error e) {
            fail(CloseCode.INTERNAL_ERROR, "");
            throw e;
        } finally {
            processing = false;
        }
        if (unread.isEmpty()) {
            unread.clear();
            if (inputClosed) {
                end(CloseCode.ABNORMAL, "");
            }
        }
    }

    private void requestInput() {
        if (isTakingInput() && !inputClosed) {
            pipe.read();
        }
    }

    /** Ends the WebSocket for what the peer did or this side could not do (RFC 6455 section 7.1.7). */
    private void fail(int code, String reason) {
        if (state == State.OPEN) {
            writer.close(code, reason);
        }
        end(code, reason);
    }

    private void peerCloses(ClosePayload close) {
        if (state == State.OPEN) {
            writer.close(close.code(), "");
        }
        end(close.code(), close.reason());
    }

    private void end(int code, String reason) {
        switch (state) {
            case OPEN -> {
                finish();
                listener.onClosed(code, reason);
            }
            case CLOSING -> finish();
            case CLOSED -> {}
        }
    }

    private void finish() {
        release(State.CLOSED);
        writer.flush();
        pipe.close();
        if (!inputClosed) {
            timer = afterCloseTimeout(pipe::abort);
        }
    }

    /** Gives up what only the former state needed. */
    private void release(State next) {
        state = next;
        if (timer != null) {
            timer.cancel(false);
        }
        heartbeat.stop();
        assembler.close();
        writer.close();
        pongs.clear();
        if (next == State.CLOSED) {
            unread.clear();
        }
    }

    private ScheduledFuture<?> afterCloseTimeout(Runnable action) {
        return pipe.executor().schedule(action, config.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private final class Incoming implements FrameReader.Events {
        @Override
        public void messageStarts(boolean text, boolean compressed) {
            assembler.start(text, compressed);
        }

        @Override
        public void messageContinues(Payload payload) throws WebSocketViolation {
            if (state == State.OPEN) {
                assembler.add(payload);
            }
        }

        @Override
        public void messageEnds() throws WebSocketViolation {
            if (state != State.OPEN) {
                return;
            }
            assembler.end();
            if (assembler.isText()) {
                listener.onText(assembler.takeText());
            } else {
                listener.onBinary(assembler.takeBinary());
            }
        }

        @Override
        public void control(int opcode, byte[] payload) throws WebSocketViolation {
            if (opcode == Opcode.CLOSE) {
                peerCloses(ClosePayload.parse(payload));
            } else if (!controlFrames.count()) {
                throw WebSocketViolation.tooManyControlFrames();
            } else if (opcode == Opcode.PING && state == State.OPEN) {
                pongs.pinged(payload);
            } // a pong is a sign of life, as all input is
        }
    }

    private final class Pings implements Heartbeat.Target {
        @Override
        public void ping() {
            if (pipe.isWritable()) {
                writer.control(Opcode.PING, EMPTY_PAYLOAD);
                writer.flush();
            }
        }

        @Override
        public boolean isListening() {
            return !paused;
        }

        @Override
        public void peerIsSilent() {
            fail(CloseCode.INTERNAL_ERROR, "ping timeout");
        }
    }
}
