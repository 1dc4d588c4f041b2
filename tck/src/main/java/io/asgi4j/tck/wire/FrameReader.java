package io.asgi4j.tck.wire;

import java.util.Optional;

/** Reads frames. What has come of an unfinished one stays where it is. Confined to its client's thread. */
final class FrameReader {
    private final Inbox inbox;
    private final int largestPayload;

    FrameReader(Inbox inbox, int largestPayload) {
        this.inbox = inbox;
        this.largestPayload = largestPayload;
    }

    /**
     * The next frame, or nothing if it has not come completely before the deadline or the end of the connection.
     *
     * <p>A frame that is too large is given without its payload, and nothing can be read behind it.
     */
    Optional<Frame> next(Deadline deadline) {
        if (!inbox.await(2, deadline)) {
            return Optional.empty();
        }
        var first = inbox.peekAt(0);
        var second = inbox.peekAt(1);
        var form = switch (second & 0x7F) {
            case 126 -> Frame.LengthForm.SIXTEEN_BITS;
            case 127 -> Frame.LengthForm.SIXTY_FOUR_BITS;
            default -> Frame.LengthForm.SEVEN_BITS;
        };
        var maskSize = (second & 0x80) == 0 ? 0 : 4;
        var headerSize = 2 + form.extraBytes() + maskSize;
        if (!inbox.await(headerSize, deadline)) {
            return Optional.empty();
        }
        long length = second & 0x7F;
        if (form.extraBytes() > 0) {
            length = 0;
            for (var i = 0; i < form.extraBytes(); i++) {
                length = length << 8 | inbox.peekAt(2 + i);
            }
        }
        var isTooLarge = length < 0 || length > largestPayload;
        if (!isTooLarge && !inbox.await(headerSize + (int) length, deadline)) {
            return Optional.empty();
        }
        var mask = inbox.take(headerSize).last(maskSize);
        var payload = isTooLarge ? Octets.EMPTY : Frame.masked(inbox.take((int) length), mask);
        return Optional.of(new Frame((first & 0x80) != 0, first >> 4 & 7, first & 0xF, mask, form, length, payload));
    }
}
