package io.asgi4j.tck.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames and messages over a connection that a handshake has switched to WebSocket.
 *
 * <p>It judges nothing by itself: it writes whatever frames it is given, notes {@linkplain #anomalies what is wrong} with those
 * that come, and answers pings only where it is asked to. Belongs to the thread of its {@link WireClient}.
 */
public final class WebSocketClient {
    /**
     * How a closing handshake went.
     *
     * @param seen what came before, and the close frame, the end or the silence at last
     * @param afterwards what followed the close frame
     */
    public record Closing(List<Incoming> seen, Arrival afterwards) {
        public Closing {
            seen = List.copyOf(seen);
        }

        /** What ended the wait for the server's close frame: that frame, the end of the connection, or silence. */
        public Incoming answer() {
            return seen.getLast();
        }
    }

    private static final int MOST_BEFORE_CLOSE = 10_000;

    private final WireClient client;
    private final FrameReader frames;
    private final MessageAssembler assembler;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private boolean answersPings;
    /** A frame too large to be read: nothing behind it can be found. */
    private @Nullable Incoming lost;

    /**
     * Speaks over a client whose handshake was answered by a 101.
     *
     * @param deflate what was agreed about compression; null for none
     */
    public WebSocketClient(WireClient client, @Nullable PerMessageDeflate deflate) {
        this.client = client;
        this.frames = new FrameReader(client.inbox(), client.limits().body());
        this.assembler = new MessageAssembler(client.limits(), deflate, anomalies);
    }

    /** From now on {@link #message} answers pings. */
    public WebSocketClient answeringPings() {
        answersPings = true;
        return this;
    }

    /** What was wrong with the frames so far. */
    public List<Anomaly> anomalies() {
        return List.copyOf(anomalies);
    }

    /** Writes a frame, legal or not. */
    public Sent send(Frame frame) {
        client.transcript().note(client.name(), "sends " + frame);
        return client.send(frame.encode());
    }

    /** Writes frames at once, as few writes as possible. */
    public Sent send(List<Frame> several) {
        several.forEach(frame -> client.transcript().note(client.name(), "sends " + frame));
        return client.send(Octets.concat(several.stream().map(Frame::encode).toArray(Octets[]::new)));
    }

    /** Whatever comes next: a message, a control frame, the end, or silence when the limit is over. */
    public Incoming next() {
        return next(client.limits().within());
    }

    /** Whatever comes next, within so long. */
    public Incoming next(Duration within) {
        return next(Deadline.after(within));
    }

    /** The next message; pings and pongs before it are passed over, anything else is given in its place. */
    public Incoming message() {
        var deadline = Deadline.after(client.limits().within());
        do {
            var next = next(deadline);
            if (!(next instanceof Incoming.Ping || next instanceof Incoming.Pong)) {
                return next;
            }
            if (answersPings && next instanceof Incoming.Ping ping) {
                send(Frame.pong(ping.payload()));
            }
        } while (deadline.millisLeft() > 0);
        return new Incoming.Silence(Octets.EMPTY);
    }

    /**
     * Sends a close frame and waits for the server's, and then for the end of the connection, which is the server's to make. Closes the
     * client's side then, since a server may wait for that.
     */
    public Closing close(int code, String reason) {
        send(Frame.close(code, reason));
        var seen = untilClose();
        return new Closing(seen, ended(seen.getLast()));
    }

    /** Waits for the server's close frame, answers it by the same code, and sees the connection end as {@link #close} does. */
    public Closing awaitClose() {
        var seen = untilClose();
        if (seen.getLast() instanceof Incoming.Close close) {
            send(close.code() == Incoming.NO_CODE ? Frame.close() : Frame.close(close.code(), ""));
        }
        return new Closing(seen, ended(seen.getLast()));
    }

    /** Whoever was silent until now would be so again. */
    private Arrival ended(Incoming last) {
        if (last instanceof Incoming.Silence) {
            return new Arrival(Octets.EMPTY, Ending.OPEN);
        }
        var end = client.awaitClose();
        if (end.isEnd()) {
            client.close();
        }
        return end;
    }

    private List<Incoming> untilClose() {
        var deadline = Deadline.after(client.limits().within());
        var seen = new ArrayList<Incoming>();
        do {
            seen.add(next(deadline));
        } while (goesOn(seen.getLast()) && seen.size() < MOST_BEFORE_CLOSE);
        return seen;
    }

    private static boolean goesOn(Incoming last) {
        return switch (last) {
            case Incoming.Message message -> true;
            case Incoming.Ping ping -> true;
            case Incoming.Pong pong -> true;
            case Incoming.Close close -> false;
            case Incoming.Unusable unusable -> false;
            case Incoming.End end -> false;
            case Incoming.Silence silence -> false;
        };
    }

    private Incoming next(Deadline deadline) {
        while (lost == null) {
            var frame = frames.next(deadline).orElse(null);
            if (frame == null) {
                var rest = client.inbox().peek();
                return switch (client.inbox().ending()) {
                    case OPEN -> new Incoming.Silence(rest);
                    case ORDERLY, RESET, LOCAL ->
                        new Incoming.End(client.inbox().ending(), rest);
                };
            }
            client.transcript().note(client.name(), "got " + frame);
            if (frame.length() != frame.payload().size()) {
                anomalies.add(new Anomaly(Anomaly.Kind.TOO_LARGE, frame.toString()));
                lost = new Incoming.Unusable(frame);
            } else {
                var complete = assembler.take(frame);
                if (complete.isPresent()) {
                    return complete.get();
                }
            }
        }
        return lost;
    }
}
