package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Lines that end in CR and LF, copied out of what was received so that they can be looked at as an array.
 *
 * <p>Owned by the connection's event loop. Each octet is copied once and looked at for a line's end once, however small the pieces are in
 * which it arrives. What is copied stays in the buffer it comes from until {@link #end}, because nobody knows before where the lines end.
 */
final class LineBuffer {
    /** Most heads fit in it; what lies behind a head is copied in vain. */
    private static final int FIRST_PIECE = 1024;

    private static final int SMALLEST = 128;
    private static final byte[] EMPTY = new byte[0];

    private byte[] octets = EMPTY;
    private int copied;
    private int lineStart;
    /** Up to here there is no line's end. */
    private int searched;

    /** Where the next line starts. */
    int lineStart() {
        return lineStart;
    }

    byte[] octets() {
        return octets;
    }

    /** Whether nothing of the next line has arrived, as far as it was looked at. */
    boolean isAtLineStart() {
        return searched == lineStart;
    }

    /**
     * How long the next line is at least, without its end: the last octet before an LF, or the last that has arrived, may be a CR. A line
     * that is too long by this measure is so wherever what a client sends is cut.
     */
    int leastLength() {
        return Math.max(0, searched - lineStart - 1);
    }

    /** Looks for the LF at the end of the next line, and returns whether it has arrived. */
    boolean find(ByteBuf in) {
        do {
            var at = searched;
            while (at < copied && octets[at] != '\n') {
                at++;
            }
            searched = at;
        } while (searched == copied && copyMore(in));
        return searched < copied;
    }

    /**
     * Returns where the CR of the line is whose end was found.
     *
     * @throws Violation.Found if it ends in LF alone
     */
    int lineEnd() {
        if (searched == lineStart || octets[searched - 1] != '\r') {
            throw new Violation.Found(badRequest("RFC 9112 2.2", "A line ends in LF without CR."));
        }
        return searched - 1;
    }

    private boolean copyMore(ByteBuf in) {
        var more = Math.min(in.readableBytes() - copied, Math.max(FIRST_PIECE, copied));
        if (more <= 0) {
            return false;
        }
        if (octets.length - copied < more) {
            octets =
                    Arrays.copyOf(octets, copied == 0 ? Math.max(SMALLEST, more) : Math.max(2 * copied, copied + more));
        }
        in.getBytes(in.readerIndex() + copied, octets, copied, more);
        copied += more;
        return true;
    }

    /** Goes on with the line behind the one whose end was found. */
    void next() {
        searched++;
        lineStart = searched;
    }

    /** Takes the lines up to here out of {@code in}, and leaves the array to whoever has it. */
    void end(ByteBuf in) {
        in.skipBytes(lineStart);
        octets = EMPTY;
        copied = 0;
        lineStart = 0;
        searched = 0;
    }
}
