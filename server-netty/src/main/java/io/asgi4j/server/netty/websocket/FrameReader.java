package io.asgi4j.server.netty.websocket;

import static io.asgi4j.server.netty.websocket.WebSocketViolation.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads what a client sends, strictly (RFC 6455 section 5), and passes payloads on as they arrive: of a message it
 * holds nothing, of a control frame at most {@value Opcode#MAX_CONTROL_PAYLOAD} octets.
 *
 * <p>Owned by the connection's event loop. After a violation it must not be used any more.
 */
final class FrameReader implements Payload {
    /** Told what was read, in order. */
    interface Events {
        void messageStarts(boolean text, boolean compressed);

        void messageContinues(Payload payload) throws WebSocketViolation;

        void messageEnds() throws WebSocketViolation;

        void control(int opcode, byte[] payload) throws WebSocketViolation;
    }

    /** What the next octet is. */
    private enum Next {
        FLAGS_AND_OPCODE,
        MASK_BIT_AND_LENGTH,
        EXTENDED_LENGTH,
        MASKING_KEY,
        PAYLOAD
    }

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV2_OR_RSV3 = 0x30;
    private static final int MASK_BIT = 0x80;
    private static final int LENGTH_IN_TWO_OCTETS = 126;
    private static final int LENGTH_IN_EIGHT_OCTETS = 127;

    private final int maxMessageSize;
    private final boolean compressionAgreed;
    private final Events events;

    private Next next = Next.FLAGS_AND_OPCODE;
    private boolean fin;
    private int opcode;
    /** The field of the header that is being read, its size in octets, and how many of them have arrived. */
    private long field;

    private int fieldSize;
    private int fieldArrived;
    private int key;
    /** How many octets of the frame's payload have not arrived yet. */
    private long remaining;

    private byte[] control = new byte[0];

    private boolean inMessage;
    private boolean compressed;
    /** How many payload octets the message has up to the end of the current frame. */
    private long messageSize;

    private ByteBuf input = Unpooled.EMPTY_BUFFER;
    private int available;

    FrameReader(int maxMessageSize, boolean compressionAgreed, Events events) {
        this.maxMessageSize = maxMessageSize;
        this.compressionAgreed = compressionAgreed;
        this.events = events;
    }

    /** Reads one step, at least one octet; at most one message or control frame is complete after it. */
    void advance(ByteBuf in) throws WebSocketViolation {
        switch (next) {
            case FLAGS_AND_OPCODE -> flagsAndOpcode(in.readUnsignedByte());
            case MASK_BIT_AND_LENGTH -> maskBitAndLength(in.readUnsignedByte());
            case EXTENDED_LENGTH -> extendedLength(in.readUnsignedByte());
            case MASKING_KEY -> maskingKey(in);
            case PAYLOAD -> payload(in);
        }
    }

    private void flagsAndOpcode(int octet) throws WebSocketViolation {
        fin = (octet & FIN) != 0;
        opcode = octet & 0x0F;
        boolean rsv1 = (octet & RSV1) != 0;
        if ((octet & RSV2_OR_RSV3) != 0) {
            throw protocol("reserved bit set");
        }
        switch (opcode) {
            case Opcode.TEXT, Opcode.BINARY -> {
                if (inMessage) {
                    throw protocol("new message inside a fragmented message");
                }
                if (rsv1 && !compressionAgreed) {
                    throw protocol("compressed message without permessage-deflate");
                }
                compressed = rsv1;
                messageSize = 0;
            }
            case Opcode.CONTINUATION -> {
                if (!inMessage) {
                    throw protocol("continuation without a message");
                }
                if (rsv1) {
                    throw protocol("RSV1 set on a continuation");
                }
            }
            case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> {
                if (!fin) {
                    throw protocol("fragmented control frame");
                }
                if (rsv1) {
                    throw protocol("RSV1 set on a control frame");
                }
            }
            default -> throw protocol("unknown opcode");
        }
        next = Next.MASK_BIT_AND_LENGTH;
    }

    private void maskBitAndLength(int octet) throws WebSocketViolation {
        if ((octet & MASK_BIT) == 0) {
            throw protocol("unmasked frame");
        }
        int length = octet & 0x7F;
        if (Opcode.isControl(opcode) && length > Opcode.MAX_CONTROL_PAYLOAD) {
            throw protocol("control frame longer than " + Opcode.MAX_CONTROL_PAYLOAD + " octets");
        }
        switch (length) {
            case LENGTH_IN_TWO_OCTETS -> expectField(Next.EXTENDED_LENGTH, Short.BYTES);
            case LENGTH_IN_EIGHT_OCTETS -> expectField(Next.EXTENDED_LENGTH, Long.BYTES);
            default -> lengthIsKnown(length);
        }
    }

    private void extendedLength(int octet) throws WebSocketViolation {
        append(octet);
        if (fieldArrived < fieldSize) {
            return;
        }
        if (field < 0) {
            throw protocol("length has its highest bit set");
        }
        if (field < (fieldSize == Short.BYTES ? LENGTH_IN_TWO_OCTETS : 1 << Short.SIZE)) {
            throw protocol("length is not in its shortest form");
        }
        lengthIsKnown(field);
    }

    private void lengthIsKnown(long length) throws WebSocketViolation {
        remaining = length;
        if (Opcode.isControl(opcode)) {
            control = new byte[(int) length];
        } else {
            messageSize += length;
            if (!compressed && messageSize > maxMessageSize) {
                throw WebSocketViolation.tooBig(maxMessageSize);
            }
        }
        expectField(Next.MASKING_KEY, Integer.BYTES);
    }

    private void maskingKey(ByteBuf in) throws WebSocketViolation {
        if (fieldArrived == 0 && in.readableBytes() >= Integer.BYTES) {
            key = in.readInt();
        } else {
            append(in.readUnsignedByte());
            if (fieldArrived < fieldSize) {
                return;
            }
            key = (int) field;
        }
        if (opcode == Opcode.TEXT || opcode == Opcode.BINARY) {
            inMessage = true;
            events.messageStarts(opcode == Opcode.TEXT, compressed);
        }
        next = Next.PAYLOAD;
        if (remaining == 0) {
            frameEnds();
        }
    }

    private void payload(ByteBuf in) throws WebSocketViolation {
        int length = (int) Math.min(remaining, in.readableBytes());
        int end = in.readerIndex() + length;
        int keyAfter = Masking.rotate(key, length);
        input = in;
        available = length;
        if (Opcode.isControl(opcode)) {
            copyTo(control, control.length - (int) remaining, length);
        } else {
            events.messageContinues(this);
        }
        input = Unpooled.EMPTY_BUFFER;
        in.readerIndex(end);
        key = keyAfter;
        remaining -= length;
        if (remaining == 0) {
            frameEnds();
        }
    }

    private void frameEnds() throws WebSocketViolation {
        next = Next.FLAGS_AND_OPCODE;
        if (Opcode.isControl(opcode)) {
            events.control(opcode, control);
        } else if (fin) {
            inMessage = false;
            events.messageEnds();
        }
    }

    private void expectField(Next which, int size) {
        next = which;
        field = 0;
        fieldSize = size;
        fieldArrived = 0;
    }

    private void append(int octet) {
        field = (field << Byte.SIZE) | octet;
        fieldArrived++;
    }

    @Override
    public int available() {
        return available;
    }

    @Override
    public int atMost() {
        return fin && !compressed ? (int) remaining : Integer.MAX_VALUE;
    }

    @Override
    public void copyTo(byte[] target, int offset, int length) {
        input.readBytes(target, offset, length);
        Masking.apply(target, offset, length, key);
        key = Masking.rotate(key, length);
        available -= length;
    }
}
