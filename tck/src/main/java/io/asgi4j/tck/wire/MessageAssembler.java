package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes messages of data frames, and notes what is wrong with any frame. Confined to its client's thread. */
final class MessageAssembler {
    private final Limits limits;
    private final @Nullable PerMessageDeflate deflate;
    private final List<Anomaly> anomalies;
    private final List<Frame> frames = new ArrayList<>();
    private OctetsBuilder payload = new OctetsBuilder();
    private boolean sawClose;

    MessageAssembler(Limits limits, @Nullable PerMessageDeflate deflate, List<Anomaly> anomalies) {
        this.limits = limits;
        this.deflate = deflate;
        this.anomalies = anomalies;
    }

    /** Takes a frame; gives what it makes complete. */
    Optional<Incoming> take(Frame frame) {
        checkHeader(frame);
        return switch (frame.opcode()) {
            case Frame.CONTINUATION, Frame.TEXT, Frame.BINARY -> data(frame);
            case Frame.PING -> Optional.of(new Incoming.Ping(frame.payload()));
            case Frame.PONG -> Optional.of(new Incoming.Pong(frame.payload()));
            case Frame.CLOSE -> Optional.of(close(frame));
            default -> {
                note(Anomaly.Kind.RESERVED_OPCODE, frame);
                yield Optional.of(new Incoming.Unusable(frame));
            }
        };
    }

    private void checkHeader(Frame frame) {
        if (sawClose) {
            note(Anomaly.Kind.FRAME_AFTER_CLOSE, frame);
        }
        if (frame.isMasked()) {
            note(Anomaly.Kind.MASKED_FRAME, frame);
        }
        var mayBeCompressed = deflate != null && (frame.opcode() == Frame.TEXT || frame.opcode() == Frame.BINARY);
        if ((frame.rsv() & ~(mayBeCompressed ? Frame.RSV1 : 0)) != 0) {
            note(Anomaly.Kind.RESERVED_BIT, frame);
        }
        if (frame.length() < 0 || frame.lengthForm() != Frame.LengthForm.shortestFor(frame.length())) {
            note(Anomaly.Kind.MALFORMED_LENGTH, frame);
        }
        if (frame.isControl() && !frame.fin()) {
            note(Anomaly.Kind.FRAGMENTED_CONTROL, frame);
        }
        if (frame.isControl() && frame.payload().size() > 125) {
            note(Anomaly.Kind.LONG_CONTROL, frame);
        }
    }

    private Optional<Incoming> data(Frame frame) {
        if (frame.opcode() == Frame.CONTINUATION && frames.isEmpty()) {
            note(Anomaly.Kind.UNEXPECTED_CONTINUATION, frame);
            return Optional.of(new Incoming.Unusable(frame));
        }
        if (frame.opcode() != Frame.CONTINUATION && !frames.isEmpty()) {
            note(Anomaly.Kind.INTERRUPTED_MESSAGE, frame);
            clear();
        }
        if (frames.size() == limits.frames() || payload.size() + frame.payload().size() > limits.body()) {
            note(Anomaly.Kind.TOO_LARGE, frame);
            return Optional.of(new Incoming.Unusable(frame));
        }
        frames.add(frame);
        payload.append(frame.payload());
        if (!frame.fin()) {
            return Optional.empty();
        }
        var message = new Incoming.Message(frames.getFirst().opcode() == Frame.TEXT, content(), frames);
        if (message.isText() && message.payload().toUtf8().isEmpty()) {
            note(Anomaly.Kind.MALFORMED_UTF8, frames.getFirst());
        }
        clear();
        return Optional.of(message);
    }

    private Octets content() {
        if (deflate == null || (frames.getFirst().rsv() & Frame.RSV1) == 0) {
            return payload.toOctets();
        }
        try {
            return deflate.inflate(payload.toOctets(), limits.body());
        } catch (Cut cut) {
            anomalies.add(cut.anomaly());
            return payload.toOctets();
        }
    }

    private Incoming.Close close(Frame frame) {
        sawClose = true;
        var body = frame.payload();
        if (body.size() < 2) {
            if (!body.isEmpty()) {
                note(Anomaly.Kind.MALFORMED_CLOSE, frame);
            }
            return new Incoming.Close(Incoming.NO_CODE, Octets.EMPTY);
        }
        var code = body.at(0) << 8 | body.at(1);
        if (!mayBeSent(code)) {
            note(Anomaly.Kind.MALFORMED_CLOSE, frame);
        }
        if (body.from(2).toUtf8().isEmpty()) {
            note(Anomaly.Kind.MALFORMED_UTF8, frame);
        }
        return new Incoming.Close(code, body.from(2));
    }

    /** RFC 6455, 7.4, and IANA's registry of close codes. */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private void clear() {
        frames.clear();
        payload = new OctetsBuilder();
    }

    private void note(Anomaly.Kind kind, Frame frame) {
        anomalies.add(new Anomaly(kind, frame.toString()));
    }
}
