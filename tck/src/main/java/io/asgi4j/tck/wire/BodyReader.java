package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads a body by its framing, a step at a time. Confined to its client's thread. */
final class BodyReader {
    private enum ChunkPart {
        SIZE,
        DATA,
        DATA_END,
        TRAILERS
    }

    private record ChunkStart(Octets sizeLine, long size, int offset) {}

    private static final int MOST_SIZE_DIGITS = 15;

    private final Inbox inbox;
    private final LineReader lines;
    private final Framing framing;
    private final int limit;
    private final OctetsBuilder body = new OctetsBuilder();
    private final List<ChunkStart> chunks = new ArrayList<>();
    private final List<Field> trailers = new ArrayList<>();
    /** Bytes until the end of the content or of the chunk. */
    private long remaining;

    private ChunkPart next = ChunkPart.SIZE;
    private boolean ended;

    BodyReader(Inbox inbox, LineReader lines, Framing framing, long contentLength, int limit) {
        this.inbox = inbox;
        this.lines = lines;
        this.framing = framing;
        this.remaining = contentLength;
        this.limit = limit;
        this.ended = framing == Framing.NONE || (framing == Framing.CONTENT_LENGTH && contentLength == 0);
    }

    boolean hasEnded() {
        return ended;
    }

    Octets body() {
        return body.toOctets();
    }

    Fields trailers() {
        return new Fields(trailers);
    }

    List<Chunk> chunks() {
        var all = body();
        return chunks.stream()
                .map(chunk -> {
                    var data = all.from(chunk.offset);
                    return new Chunk(chunk.sizeLine, chunk.size, data.first((int) Math.min(chunk.size, data.size())));
                })
                .toList();
    }

    /** Reads what comes next: some bytes of the body, or a piece of its framing. */
    void step(Deadline deadline) throws Cut {
        switch (framing) {
            case NONE -> throw new IllegalStateException("no body");
            case CONTENT_LENGTH -> {
                lines.await(deadline, "before the last " + remaining + " bytes of the content");
                takeSome();
                ended = remaining == 0;
            }
            case UNTIL_CLOSE -> untilClose(deadline);
            case CHUNKED -> {
                switch (next) {
                    case SIZE -> chunkSize(lines.line(deadline));
                    case DATA -> {
                        lines.await(deadline, "before the last " + remaining + " bytes of a chunk");
                        takeSome();
                        next = remaining == 0 ? ChunkPart.DATA_END : ChunkPart.DATA;
                    }
                    case DATA_END -> {
                        chunkEnd(deadline);
                        next = ChunkPart.SIZE;
                    }
                    case TRAILERS -> {
                        lines.fields(trailers, deadline);
                        ended = true;
                    }
                }
            }
        }
    }

    private void untilClose(Deadline deadline) throws Cut {
        if (inbox.await(1, deadline)) {
            remaining = inbox.available();
            takeSome();
            return;
        }
        ended = switch (inbox.ending()) {
            case OPEN -> throw new Cut(Anomaly.Kind.TIMED_OUT, "within a body that ends with the connection");
            case ORDERLY -> true;
            case RESET, LOCAL ->
                throw new Cut(
                        Anomaly.Kind.PREMATURE_END, inbox.ending() + " within a body that ends with the connection");
        };
    }

    private void chunkSize(Octets line) throws Cut {
        var text = line.toLatin1();
        var semicolon = text.indexOf(';');
        var digits = (semicolon < 0 ? text : text.substring(0, semicolon)).stripTrailing();
        if (digits.isEmpty()
                || digits.length() > MOST_SIZE_DIGITS
                || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new Cut(Anomaly.Kind.MALFORMED_CHUNK, "size " + line);
        }
        if (chunks.size() == limit) {
            throw new Cut(Anomaly.Kind.TOO_LARGE, "more than " + limit + " chunks");
        }
        remaining = Long.parseLong(digits, 16);
        chunks.add(new ChunkStart(line, remaining, body.size()));
        next = remaining == 0 ? ChunkPart.TRAILERS : ChunkPart.DATA;
    }

    private void chunkEnd(Deadline deadline) throws Cut {
        lines.await(deadline, "behind a chunk");
        var first = inbox.peekAt(0);
        if (first != '\r' && first != '\n') {
            inbox.await(2, Deadline.now());
            throw new Cut(
                    Anomaly.Kind.MALFORMED_CHUNK,
                    "not ended by CRLF, but " + inbox.peek().first(16));
        }
        var rest = lines.line(deadline);
        if (!rest.isEmpty()) {
            throw new Cut(Anomaly.Kind.MALFORMED_CHUNK, "not ended by CRLF, but " + rest);
        }
    }

    private void takeSome() throws Cut {
        var count = (int) Math.min(remaining, inbox.available());
        if (body.size() + count > limit) {
            throw new Cut(Anomaly.Kind.TOO_LARGE, "a body of more than " + limit + " bytes");
        }
        body.append(inbox.take(count));
        remaining -= count;
    }
}
