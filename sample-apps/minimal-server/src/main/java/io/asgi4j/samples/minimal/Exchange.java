package io.asgi4j.samples.minimal;

import io.asgi4j.spec.*;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.*;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request or a WebSocket, with the {@code receive} and {@code send} of its call, which any thread may call.
 *
 * <p>The thread of the connection reads what the client sends, and puts it into the inbox. The rest is guarded by the exchange
 * itself, and nobody waits while holding it.
 */
abstract class Exchange implements Receive, Send, Connection {
    /** Whether the application has yet to answer, has begun to, or has done all it may, or the client is gone or given up. */
    enum Stage {
        WAITING,
        OPEN,
        OVER,
        GONE
    }

    final HttpConnection connection;
    final MinimalServer server;
    final HttpScope head;
    final Inbox inbox;
    Stage stage = Stage.WAITING;

    /** Set when the thread of the connection may read what comes behind the request. */
    final Once mayReadOn = new Once();

    private final Stage due;
    private final InboundEvent lost;
    private final Once disconnected = new Once();
    private final Once draining = new Once();

    /**
     * Begins an exchange.
     *
     * @param due the stage from which on the call may end
     * @param lost what the application receives when the client has left
     */
    Exchange(HttpConnection connection, HttpScope head, Stage due, InboundEvent lost) {
        this.connection = connection;
        this.server = connection.server;
        this.head = head;
        this.due = due;
        this.lost = lost;
        this.inbox = new Inbox(server.limit(Limit.UNREAD_EVENTS));
        server.exchanges.add(this);
        if (server.draining) {
            draining.set();
        }
    }

    abstract Scope scope();

    /** Reads what the client sends, as far as it belongs to this exchange. */
    abstract void read() throws InterruptedException;

    /** Takes an event over, or throws {@link #illegal} without any effect. */
    abstract void take(OutboundEvent event);

    /** Ends what is open, since the call has ended. */
    abstract void cut(boolean hasFailed);

    // receive and send

    @Override
    public InboundEvent receive() throws InterruptedException {
        return inbox.receive();
    }

    @Override
    public final void send(OutboundEvent event) throws ClientDisconnectedException, InterruptedException {
        Objects.requireNonNull(event, "event");
        var written = offer(event);
        try {
            written.get();
        } catch (ExecutionException notWritten) {
            end(Stage.GONE);
            throw new ClientDisconnectedException();
        }
    }

    private synchronized Future<?> offer(OutboundEvent event) throws ClientDisconnectedException {
        if (isGone()) {
            throw new ClientDisconnectedException();
        }
        take(event);
        return connection.written();
    }

    private boolean isGone() {
        return stage == Stage.GONE || connection.gone;
    }

    final IllegalEventException illegal(OutboundEvent event) {
        return new IllegalEventException("in the stage " + stage, event);
    }

    // the call

    /** Calls the application; whatever leaves it ends this exchange and nothing else. */
    final void call() {
        try {
            server.application.handle(scope(), this, this);
            hasEnded(null);
        } catch (Throwable failure) {
            hasEnded(failure);
        }
    }

    private synchronized void hasEnded(@Nullable Throwable failure) {
        if (failure != null || (stage.compareTo(due) < 0 && !disconnected.isSet())) {
            var level = isExpected(failure) ? Level.DEBUG : Level.ERROR;
            MinimalServer.LOG.log(level, "the application's call has ended in the stage " + stage, failure);
        }
        if (isGone()) {
            end(Stage.GONE);
        } else if (stage == Stage.WAITING) {
            refuse(500, "the application gave no answer");
        } else if (stage == Stage.OPEN) {
            cut(failure != null);
            inbox.end(lost, true); // whatever has come in the meantime
        }
    }

    /** Whether a failure of the application is what the server itself threw into it. */
    private boolean isExpected(@Nullable Throwable failure) {
        return (failure instanceof InterruptedException && server.calls.isShutdown())
                || (isGone()
                        && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                                .anyMatch(ClientDisconnectedException.class::isInstance));
    }

    // the end

    /** The client has left, but may still read. */
    final synchronized void leave() {
        disconnected.set(); // before receive can tell it
        inbox.end(lost, stage == Stage.OVER);
    }

    /** The exchange is over, or the client gone. */
    final synchronized void end(Stage last) {
        stage = last;
        leave();
        mayReadOn.set();
    }

    final boolean isOver() {
        return stage == Stage.OVER || stage == Stage.GONE;
    }

    final void refuse(int status, String reason) {
        connection.refuse(new Refusal(status, reason));
        end(Stage.OVER); // at last, since the connection may go on then
    }

    @Override
    public final Once disconnected() {
        return disconnected;
    }

    @Override
    public final Once draining() {
        return draining;
    }
}
