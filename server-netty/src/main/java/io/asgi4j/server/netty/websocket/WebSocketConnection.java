package io.asgi4j.server.netty.websocket;

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

    /** Pongs written in one round of reading; of further pings only the last is answered (RFC 6455 section 5.5.3). */
    private static final int MAX_PONGS_PER_ROUND = 16;

    private static final byte[] EMPTY_PAYLOAD = new byte[0];

    private final BytePipe pipe;
    private final WebSocketConfig config;
    private final WebSocketListener listener;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final MessageAssembler assembler;
    private final Heartbeat heartbeat;

    private State state = State.OPEN;
    /** What was read and could not be processed yet. */
    private @Nullable ByteBuf unread;
    /** Whether the listener wants no more messages for now. */
    private boolean paused;
    /** Whether the input is being processed, further up the stack. */
    private boolean processing;
    /** Whether the pipe has no more input than what is unread. */
    private boolean inputClosed;
    /** Whether something was written and not flushed. */
    private boolean dirty;

    private int pongsThisRound;
    private byte @Nullable [] pendingPong;
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
        this.heartbeat = new Heartbeat(pipe.executor(), config.pingInterval(), config.pingTimeout(), new Pings());
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
        unread = unread == null ? bytes : joined(unread, bytes);
        process();
    }

    /** Ends a round of {@link #read}: writes what is due, and asks for more unless paused. */
    public void readComplete() {
        assert pipe.executor().inEventLoop();
        pongsThisRound = 0;
        writePendingPong();
        flush();
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
        writePendingPong();
        flush();
        if (state == State.OPEN) {
            listener.onWritable();
        }
    }

    /** Tells no more messages, from the next one on, and reads no more, until {@link #resume}; closing goes on. */
    public void pause() {
        assert pipe.executor().inEventLoop();
        paused = true;
    }

    /** Ends a {@link #pause}: messages that have already arrived are told from within this call. */
    public void resume() {
        assert pipe.executor().inEventLoop();
        paused = false;
        process();
        flush();
        requestInput();
    }

    /** Whether a sender should go on: false while the peer does not take what was written, and after the end. */
    public boolean isWritable() {
        assert pipe.executor().inEventLoop();
        return state == State.OPEN && pipe.isWritable();
    }

    /** Whether a text has a UTF-8 form, which it does not with an unpaired surrogate; may be asked on any thread. */
    public static boolean isSendable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Writes a text message without flushing; returns false, writing nothing, if the WebSocket is no longer open. */
    public boolean sendText(String text) {
        assert pipe.executor().inEventLoop();
        if (state != State.OPEN) {
            return false;
        }
        writer.text(text);
        dirty = true;
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
        dirty = true;
        return true;
    }

    /** Flushes what was written since the last flush, if anything. */
    public void flush() {
        assert pipe.executor().inEventLoop();
        if (dirty) {
            dirty = false;
            pipe.flush();
        }
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
        writeClose(code, reason);
        release(State.CLOSING);
        flush();
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
            while (unread != null && isTakingInput()) {
                if (unread.isReadable()) {
                    reader.advance(unread);
                } else {
                    dropUnread();
                }
            }
        } catch (WebSocketViolation violation) {
            fail(violation.code(), violation.reason());
        } catch (RuntimeException | Error e) {
            fail(CloseCode.INTERNAL_ERROR, "");
            throw e;
        } finally {
            processing = false;
        }
        if (inputClosed && unread == null && state != State.CLOSED) {
            end(CloseCode.ABNORMAL, "");
        }
    }

    private void requestInput() {
        if (isTakingInput() && !inputClosed) {
            pipe.read();
        }
    }

    private ByteBuf joined(ByteBuf first, ByteBuf second) {
        var both = pipe.alloc().buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }

    private void writePendingPong() {
        if (pendingPong != null && state == State.OPEN && pipe.isWritable()) {
            writer.control(Opcode.PONG, pendingPong);
            pendingPong = null;
            dirty = true;
        }
    }

    private void writeClose(int code, String reason) {
        writer.close(code, reason);
        dirty = true;
    }

    /** Ends the WebSocket for what the peer did or this side could not do (RFC 6455 section 7.1.7). */
    private void fail(int code, String reason) {
        if (state == State.OPEN) {
            writeClose(code, reason);
        }
        end(code, reason);
    }

    private void peerCloses(ClosePayload close) {
        if (state == State.OPEN) {
            writeClose(close.code(), "");
        }
        end(close.code(), close.reason());
    }

    private void end(int code, String reason) {
        boolean wasOpen = state == State.OPEN;
        finish();
        if (wasOpen) {
            listener.onClosed(code, reason);
        }
    }

    private void finish() {
        release(State.CLOSED);
        flush();
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
        pendingPong = null;
        if (next == State.CLOSED) {
            dropUnread();
        }
    }

    private void dropUnread() {
        var bytes = unread;
        unread = null;
        if (bytes != null) {
            bytes.release();
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
            switch (opcode) {
                case Opcode.CLOSE -> peerCloses(ClosePayload.parse(payload));
                case Opcode.PING -> {
                    pendingPong = payload;
                    if (pongsThisRound++ < MAX_PONGS_PER_ROUND) {
                        writePendingPong();
                    }
                }
                default -> {} // a pong is a sign of life, as all input is
            }
        }
    }

    private final class Pings implements Heartbeat.Target {
        @Override
        public void ping() {
            if (pipe.isWritable()) {
                writer.control(Opcode.PING, EMPTY_PAYLOAD);
                dirty = true;
                flush();
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
