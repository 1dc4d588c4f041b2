package io.asgi4j.tck.wire.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.asgi4j.tck.wire.Ending;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import io.asgi4j.tck.wire.Transcript.Direction;
import io.asgi4j.tck.wire.WireClient;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http2.hpack.HPackDecoder;

/**
 * The client's end of a connection that speaks HTTP/2 by prior knowledge (RFC 9113, 3.3): writes any frames, answers SETTINGS and PING, and
 * opens windows again as content comes.
 *
 * <p>Belongs to the thread of its {@link WireClient}. Nothing throws for what the server does.
 */
public final class Http2Client {
    private static final Octets PREFACE = Octets.latin1("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final String ENDS = ", ends the stream";
    private static final int TABLE_SIZE = 4096;
    /** The largest payload that a client takes which has not said otherwise (RFC 9113, 6.5.2). */
    private static final int MOST_PAYLOAD = 16384;

    private final WireClient wire;
    private final HPackDecoder decoder = new HPackDecoder(TABLE_SIZE, ISO_8859_1);
    private final Map<Integer, Http2Stream> streams = new HashMap<>();
    private final ByteArrayOutputStream section = new ByteArrayOutputStream();
    private boolean sectionIsLast;
    private Ending ending = Ending.OPEN;

    private Http2Client(WireClient wire) {
        this.wire = wire;
        decoder.setMaxListSize(wire.limits().head());
    }

    /** Begins to speak HTTP/2, with the settings that every connection has, on one on which nothing was said yet. */
    public static Http2Client begin(WireClient wire) {
        wire.transcript().tellInWords(wire.name());
        var client = new Http2Client(wire);
        wire.send(PREFACE);
        client.send(new Http2Frame(Http2Frame.SETTINGS, 0, 0, Octets.EMPTY));
        return client;
    }

    /** Writes a field section in one HEADERS frame. */
    public void sendHeaders(int stream, List<Field> fields, boolean isLast) {
        tell(Direction.SENT, "HEADERS on stream %d: %s%s".formatted(stream, words(fields), isLast ? ENDS : ""));
        wire.send(
                Http2Frame.headers(stream, FieldSection.encode(fields), isLast).encode());
    }

    /** Writes a frame as it is. */
    public void send(Http2Frame frame) {
        tell(Direction.SENT, frame.toString());
        wire.send(frame.encode());
    }

    /** Reads frames until a stream is over, and gives what has come on it. */
    public Response response(int stream) {
        var deadline = System.nanoTime() + wire.limits().transfer().toNanos();
        while (!stream(stream).isOver() && ending == Ending.OPEN && System.nanoTime() - deadline < 0) {
            if (!next()) {
                break;
            }
        }
        return stream(stream).response(ending);
    }

    /** Reads a frame, and takes what it means; false if none came in time, or the connection cannot be read any further. */
    private boolean next() {
        var header = wire.read(Http2Frame.HEADER_SIZE);
        if (header.octets().size() < Http2Frame.HEADER_SIZE) {
            return stop(header.ending(), header.octets());
        }
        var length = Http2Frame.length(header.octets());
        if (length > MOST_PAYLOAD) {
            return giveUp("a frame of %d bytes, which is too long".formatted(length));
        }
        var payload = wire.read(length);
        if (payload.octets().size() < length) {
            return stop(payload.ending(), Octets.concat(header.octets(), payload.octets()));
        }
        return take(Http2Frame.of(header.octets(), payload.octets()));
    }

    private boolean take(Http2Frame frame) {
        if (frame.type() != Http2Frame.HEADERS && frame.type() != Http2Frame.CONTINUATION) {
            tell(Direction.RECEIVED, frame.toString());
        }
        switch (frame.type()) {
            case Http2Frame.SETTINGS, Http2Frame.PING -> {
                if (!frame.has(Http2Frame.ACK)) {
                    var answer = frame.type() == Http2Frame.PING ? frame.payload() : Octets.EMPTY;
                    wire.send(new Http2Frame(frame.type(), Http2Frame.ACK, 0, answer).encode());
                }
            }
            case Http2Frame.HEADERS, Http2Frame.CONTINUATION -> {
                return section(frame);
            }
            case Http2Frame.DATA -> {
                return data(frame);
            }
            case Http2Frame.RST_STREAM ->
                stream(frame.stream()).reset(frame.payload().size() < 4 ? 0 : Http2Frame.number(frame.payload(), 0));
            default -> {}
        }
        return true;
    }

    private boolean section(Http2Frame frame) {
        if (frame.type() == Http2Frame.HEADERS) {
            section.reset();
            sectionIsLast = frame.has(Http2Frame.END_STREAM);
        }
        section.writeBytes(frame.content().toByteArray());
        if (section.size() > wire.limits().head()) {
            return giveUp("a field section of more than %d bytes"
                    .formatted(wire.limits().head()));
        }
        if (!frame.has(Http2Frame.END_HEADERS)) {
            return true;
        }
        try {
            var decoded = decoder.decodeHeaders(Octets.of(section.toByteArray()).toByteBuffer()).stream()
                    .map(field -> FieldSection.field(field.getName(), String.valueOf(field.getValue())))
                    .toList();
            tell(
                    Direction.RECEIVED,
                    "HEADERS on stream %d: %s%s".formatted(frame.stream(), words(decoded), sectionIsLast ? ENDS : ""));
            stream(frame.stream()).section(decoded, sectionIsLast);
            return true;
        } catch (HttpException | IllegalArgumentException e) {
            return giveUp("a field section that cannot be read: " + e.getMessage());
        }
    }

    private boolean data(Http2Frame frame) {
        var stream = stream(frame.stream());
        stream.data(frame.content(), frame.has(Http2Frame.END_STREAM));
        if (stream.bodySize() > wire.limits().body()) {
            return giveUp("a body of more than %d bytes".formatted(wire.limits().body()));
        }
        if (!frame.payload().isEmpty()) {
            wire.send(Http2Frame.windowUpdate(0, frame.payload().size()).encode());
            if (!stream.isOver()) {
                wire.send(
                        Http2Frame.windowUpdate(frame.stream(), frame.payload().size())
                                .encode());
            }
        }
        return true;
    }

    /** Only streams that are asked for, or come in a frame, and those are bounded by the time of a reading. */
    private Http2Stream stream(int number) {
        return streams.computeIfAbsent(number, key -> new Http2Stream());
    }

    private boolean stop(Ending how, Octets rest) {
        ending = how;
        if (!rest.isEmpty()) {
            wire.transcript().note(wire.name(), "the beginning of a frame came: " + rest);
        }
        return false;
    }

    private boolean giveUp(String why) {
        wire.transcript().note(wire.name(), "there came " + why);
        wire.close();
        ending = Ending.LOCAL;
        return false;
    }

    private void tell(Direction direction, String words) {
        wire.transcript().tell(wire.name(), direction, words);
    }

    private static String words(List<Field> fields) {
        return fields.stream().map(Field::toString).collect(Collectors.joining(" | "));
    }
}
