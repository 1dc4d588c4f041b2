package io.asgi4j.tck.mutant;

import io.asgi4j.tck.wire.Frame;
import io.asgi4j.tck.wire.Octets;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes the bytes of one direction on, and lets a {@link Rewrite} change them. What it cannot make sense of it passes on as it is.
 * Only its own thread calls it.
 */
final class Direction {
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_FRAME = 16 << 20;

    private final Wire wire;
    private final Rewrite rewrite;
    private final boolean isOfRequests;
    private final OutputStream out;
    private final Source source;

    Direction(InputStream in, OutputStream target, Wire wire, Rewrite rewrite, boolean isOfRequests) {
        this.wire = wire;
        this.rewrite = rewrite;
        this.isOfRequests = isOfRequests;
        if (rewrite == Rewrite.NONE) {
            var tee = new Tee(in, target);
            this.out = OutputStream.nullOutputStream();
            this.source = new Source(tee, tee::passOn);
        } else {
            this.out = new BufferedOutputStream(target, 64 * 1024);
            this.source = new Source(in, out::flush);
        }
    }

    /** Passes on until the end. */
    void run() throws IOException {
        while (source.hasMore()) {
            if (wire.isHttp2()) {
                write(source.some(Long.MAX_VALUE));
            } else if (wire.upgrade() == Wire.Upgrade.DONE) {
                frame();
            } else if (isOfRequests && wire.upgrade() == Wire.Upgrade.ASKED) {
                untilItIsKnownWhatComes();
            } else {
                message();
            }
        }
        write(rewrite().end());
        out.flush();
    }

    private void message() throws IOException {
        var head = new StringBuilder();
        var line = "";
        do {
            line = source.line(LONGEST_LINE);
            head.append(line);
        } while (line.endsWith("\n") && !line.strip().isEmpty());
        var text = head.toString();
        if (!line.endsWith("\n") || text.isBlank()) {
            write(text);
            return;
        }
        if (isOfRequests) {
            wire.asked(text);
        } else {
            wire.answered(text);
        }
        write(rewrite().head(text));
        body(text);
    }

    private void body(String head) throws IOException {
        if (!isOfRequests && isWithoutBody(head)) {
            return;
        }
        var length = Head.field(head, "content-length").filter(text -> text.matches("[0-9]{1,18}"));
        if (Head.isChunked(head)) {
            chunks();
        } else if (length.isPresent()) {
            bytes(Long.parseLong(length.get()));
        } else if (!isOfRequests) {
            bytes(Long.MAX_VALUE);
        }
    }

    private boolean isWithoutBody(String head) {
        var status = Head.status(head);
        return status < 200 || status == 204 || status == 304 || wire.request().startsWith("HEAD ");
    }

    private void bytes(long count) throws IOException {
        var left = count;
        while (left > 0 && source.hasMore()) {
            var piece = source.some(left);
            left -= piece.length();
            write(rewrite().body(piece));
        }
    }

    private void chunks() throws IOException {
        while (true) {
            var line = source.line(LONGEST_LINE);
            write(rewrite().body(line));
            var size = line.strip().split("[;\\s]", 2)[0];
            if (!line.endsWith("\n") || !size.matches("[0-9a-fA-F]{1,15}")) {
                bytes(Long.MAX_VALUE);
                return;
            }
            var length = Long.parseLong(size, 16);
            if (length == 0) {
                trailers();
                return;
            }
            bytes(length + 2);
        }
    }

    private void trailers() throws IOException {
        var line = "";
        do {
            line = source.line(LONGEST_LINE);
            write(rewrite().body(line));
        } while (line.endsWith("\n") && !line.strip().isEmpty());
    }

    /** What comes behind a request to change over is frames if the server agrees. */
    private void untilItIsKnownWhatComes() throws IOException {
        while (source.hasMore() && wire.upgrade() == Wire.Upgrade.ASKED) {
            write(rewrite().early(source.some(Long.MAX_VALUE)));
        }
    }

    private void frame() throws IOException {
        var header = source.exactly(2);
        if (header.length() < 2) {
            write(header);
            return;
        }
        var isMasked = header.charAt(1) >= 0x80;
        var seven = header.charAt(1) & 0x7f;
        var form = seven < 126
                ? Frame.LengthForm.SEVEN_BITS
                : seven == 126 ? Frame.LengthForm.SIXTEEN_BITS : Frame.LengthForm.SIXTY_FOUR_BITS;
        var extra = source.exactly(seven < 126 ? 0 : seven == 126 ? 2 : 8);
        var length = seven < 126 ? seven : extra.chars().asLongStream().reduce(0, (sum, next) -> sum << 8 | next);
        var mask = source.exactly(isMasked ? 4 : 0);
        var isReadable = length >= 0 && length <= LONGEST_FRAME;
        var payload = source.exactly(isReadable ? (int) length : 0);
        if (isReadable && payload.length() < length) {
            write(header + extra + mask + payload);
            return;
        }
        var first = header.charAt(0);
        var frame = new Frame(
                first >= 0x80,
                first >> 4 & 7,
                first & 15,
                Octets.latin1(mask),
                form,
                length,
                Octets.latin1(unmasked(payload, mask)));
        for (var changed : rewrite().frame(frame)) {
            out.write(changed.encode().toByteArray());
        }
        if (!isReadable) {
            bytes(Long.MAX_VALUE);
        }
    }

    private Rewrite rewrite() {
        return wire.isControl() ? Rewrite.NONE : rewrite;
    }

    private static String unmasked(String payload, String mask) {
        if (mask.isEmpty()) {
            return payload;
        }
        var text = new StringBuilder(payload);
        for (var i = 0; i < text.length(); i++) {
            text.setCharAt(i, (char) (payload.charAt(i) ^ mask.charAt(i % 4)));
        }
        return text.toString();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Passes on what it reads, once its reader has looked at it. */
    private static final class Tee extends InputStream {
        private final InputStream in;
        private final OutputStream out;
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();

        Tee(InputStream in, OutputStream out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            var count = in.read(bytes, offset, length);
            if (count > 0) {
                read.write(bytes, offset, count);
            }
            return count;
        }

        void passOn() throws IOException {
            read.writeTo(out);
            out.flush();
            read.reset();
        }
    }
}
