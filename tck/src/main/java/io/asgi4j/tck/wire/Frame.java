package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A WebSocket frame with every bit of its header (RFC 6455, 5.2), legal or not.
 *
 * @param fin whether it is the last of its message
 * @param rsv the reserved bits: 4 for RSV1, 2 for RSV2, 1 for RSV3
 * @param opcode 0 to 15
 * @param mask the masking key, four bytes; empty for a frame that is not masked
 * @param lengthForm how its length is written
 * @param length the length it announces, in bytes; negative stands for a value of 2^63 or above
 * @param payload its payload, unmasked
 */
public record Frame(boolean fin, int rsv, int opcode, Octets mask, LengthForm lengthForm, long length, Octets payload) {
    /** The three forms of a payload's length. */
    public enum LengthForm {
        SEVEN_BITS(0),
        SIXTEEN_BITS(2),
        SIXTY_FOUR_BITS(8);

        private final int extraBytes;

        LengthForm(int extraBytes) {
            this.extraBytes = extraBytes;
        }

        /** The only form that is allowed for a length. */
        public static LengthForm shortestFor(long length) {
            return length >= 0 && length < 126
                    ? SEVEN_BITS
                    : length >= 0 && length < 65536 ? SIXTEEN_BITS : SIXTY_FOUR_BITS;
        }

        int extraBytes() {
            return extraBytes;
        }
    }

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    public static final int RSV1 = 4;
    public static final int RSV2 = 2;
    public static final int RSV3 = 1;

    /** Always the same, so that two runs write the same bytes; it is the one of the examples in RFC 6455. */
    public static final Octets USUAL_MASK = Octets.hex("37fa213d");

    private static final int SHOWN = 40;

    public Frame {
        if (rsv < 0 || rsv > 7 || opcode < 0 || opcode > 15 || (!mask.isEmpty() && mask.size() != 4)) {
            throw new IllegalArgumentException("rsv " + rsv + ", opcode " + opcode + ", mask " + mask);
        }
        var largest = switch (lengthForm) {
            case SEVEN_BITS -> 125;
            case SIXTEEN_BITS -> 65535;
            case SIXTY_FOUR_BITS -> -1L;
        };
        if (Long.compareUnsigned(length, largest) > 0) {
            throw new IllegalArgumentException("a length of " + length + " in " + lengthForm);
        }
    }

    /** A masked frame with FIN. */
    public static Frame of(int opcode, Octets payload) {
        var form = LengthForm.shortestFor(payload.size());
        return new Frame(true, 0, opcode, USUAL_MASK, form, payload.size(), payload);
    }

    public static Frame text(String text) {
        return of(TEXT, Octets.utf8(text));
    }

    /** A text frame with bytes that may be no UTF-8. */
    public static Frame text(Octets payload) {
        return of(TEXT, payload);
    }

    public static Frame binary(Octets payload) {
        return of(BINARY, payload);
    }

    public static Frame continuation(Octets payload) {
        return of(CONTINUATION, payload);
    }

    public static Frame ping(Octets payload) {
        return of(PING, payload);
    }

    public static Frame pong(Octets payload) {
        return of(PONG, payload);
    }

    /** A close frame without a code. */
    public static Frame close() {
        return of(CLOSE, Octets.EMPTY);
    }

    /** A close frame; any code from 0 to 65535. */
    public static Frame close(int code, String reason) {
        return of(CLOSE, closePayload(code, Octets.utf8(reason)));
    }

    /** The payload of a close frame, with bytes for a reason that may be no UTF-8. */
    public static Octets closePayload(int code, Octets reason) {
        if (code < 0 || code > 65535) {
            throw new IllegalArgumentException("code " + code);
        }
        var payload = new OctetsBuilder();
        payload.append(code >> 8);
        payload.append(code);
        payload.append(reason);
        return payload.toOctets();
    }

    public Frame withoutFin() {
        return new Frame(false, rsv, opcode, mask, lengthForm, length, payload);
    }

    public Frame withRsv(int bits) {
        return new Frame(fin, bits, opcode, mask, lengthForm, length, payload);
    }

    public Frame withOpcode(int other) {
        return new Frame(fin, rsv, other, mask, lengthForm, length, payload);
    }

    public Frame withMask(Octets key) {
        return new Frame(fin, rsv, opcode, key, lengthForm, length, payload);
    }

    public Frame withoutMask() {
        return withMask(Octets.EMPTY);
    }

    /** The same payload with its length in another form, which need not be the shortest. */
    public Frame withLengthForm(LengthForm form) {
        return new Frame(fin, rsv, opcode, mask, form, length, payload);
    }

    /** The same payload behind another announced length, in its shortest form. */
    public Frame announcing(long otherLength) {
        return new Frame(fin, rsv, opcode, mask, LengthForm.shortestFor(otherLength), otherLength, payload);
    }

    /** This message in several frames with payloads of {@code size} bytes; reserved bits stay on the first. */
    public List<Frame> fragmented(int size) {
        var frames = new ArrayList<Frame>();
        for (var from = 0; from == 0 || from < payload.size(); from += size) {
            var isLast = from + size >= payload.size();
            var piece = of(
                            from == 0 ? opcode : CONTINUATION,
                            payload.slice(from, isLast ? payload.size() : from + size))
                    .withMask(mask)
                    .withRsv(from == 0 ? rsv : 0);
            frames.add(isLast && fin ? piece : piece.withoutFin());
        }
        return frames;
    }

    public boolean isMasked() {
        return !mask.isEmpty();
    }

    /** A close, ping or pong, or one of the reserved ones among them. */
    public boolean isControl() {
        return opcode >= 8;
    }

    /** The bytes on the wire. */
    public Octets encode() {
        var bytes = new OctetsBuilder();
        bytes.append((fin ? 0x80 : 0) | rsv << 4 | opcode);
        var maskBit = isMasked() ? 0x80 : 0;
        switch (lengthForm) {
            case SEVEN_BITS -> bytes.append(maskBit | (int) length);
            case SIXTEEN_BITS -> bytes.append(maskBit | 126);
            case SIXTY_FOUR_BITS -> bytes.append(maskBit | 127);
        }
        for (var shift = 8 * (lengthForm.extraBytes() - 1); shift >= 0; shift -= 8) {
            bytes.append((int) (length >> shift));
        }
        bytes.append(mask);
        bytes.append(masked(payload, mask));
        return bytes.toOctets();
    }

    /** Puts a mask on, or takes it off. */
    static Octets masked(Octets payload, Octets mask) {
        if (mask.isEmpty()) {
            return payload;
        }
        var bytes = payload.toByteArray();
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) mask.at(i % 4);
        }
        return Octets.view(bytes, 0, bytes.length);
    }

    /** The frame in words, with the beginning of its payload. */
    @Override
    public String toString() {
        var text = new StringBuilder(
                switch (opcode) {
                    case CONTINUATION -> "continuation";
                    case TEXT -> "text";
                    case BINARY -> "binary";
                    case CLOSE -> "close";
                    case PING -> "ping";
                    case PONG -> "pong";
                    default -> "opcode " + opcode;
                });
        text.append(fin ? "" : " without fin");
        text.append(rsv == 0 ? "" : " with rsv " + rsv);
        text.append(lengthForm == LengthForm.shortestFor(length) ? "" : " with its length in " + lengthForm);
        text.append(length == payload.size() ? "" : " announcing " + Long.toUnsignedString(length) + " bytes");
        if (opcode == CLOSE && payload.size() >= 2) {
            text.append(' ').append(payload.at(0) << 8 | payload.at(1));
        }
        var shown = opcode == CLOSE && payload.size() >= 2 ? payload.from(2) : payload;
        if (!shown.isEmpty()) {
            text.append(" \"").append(Printable.escaped(shown.first(SHOWN))).append('"');
            text.append(shown.size() > SHOWN ? "… " + shown.size() + " bytes" : "");
        }
        return text.toString();
    }
}
