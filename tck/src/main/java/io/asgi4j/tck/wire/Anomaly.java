package io.asgi4j.tck.wire;

/**
 * Something a server did that the protocol does not allow, or that cut a reading short.
 *
 * @param kind what happened
 * @param detail where and with which bytes, for a reader
 */
public record Anomaly(Kind kind, String detail) {
    /** All that is recognised. */
    public enum Kind {
        /** The connection ended before the first byte. */
        NO_RESPONSE,
        /** The connection ended before what was announced was there. */
        PREMATURE_END,
        /** The time was over before what was announced was there. */
        TIMED_OUT,
        /** More came than {@link Limits} allow. */
        TOO_LARGE,

        /** Bytes stood where a response should begin; the response was found behind them. */
        BYTES_BEFORE_START,
        /** Bytes followed that do not begin another response. */
        BYTES_AFTER_END,
        /** A status line that is none. */
        MALFORMED_STATUS_LINE,
        /** A field line without a colon, or whose name is not a token, or with a control character in its value. */
        MALFORMED_FIELD,
        /** A field line that goes on in the next line (RFC 9112, 5.2). */
        FOLDED_FIELD,
        /** A line ended by LF without CR. */
        BARE_LINE_FEED,

        /** Both Content-Length and Transfer-Encoding (RFC 9112, 6.3). */
        BOTH_FRAMINGS,
        /** A Content-Length that is not a number, or several that differ. */
        MALFORMED_CONTENT_LENGTH,
        /** The same Content-Length more than once. */
        REPEATED_CONTENT_LENGTH,
        /** A Transfer-Encoding other than chunked, once. */
        UNKNOWN_TRANSFER_ENCODING,
        /** Content-Length or Transfer-Encoding in a 1xx or 204 response (RFC 9110, 8.6; RFC 9112, 6.1). */
        FORBIDDEN_FRAMING,
        /** A chunk's size that is not hexadecimal, or a chunk not followed by CRLF. */
        MALFORMED_CHUNK,

        /** A handshake answered by another status than 101. */
        NOT_SWITCHED,
        /** A 101 whose Upgrade or Connection does not say that it switches to WebSocket. */
        WRONG_UPGRADE,
        /** A 101 whose Sec-WebSocket-Accept does not fit the key. */
        WRONG_ACCEPT,
        /** A subprotocol that was not offered, or more than one. */
        WRONG_SUBPROTOCOL,
        /** An extension that was not offered, or with parameters that are not allowed. */
        WRONG_EXTENSION,

        /** A server's frame that is masked (RFC 6455, 5.1). */
        MASKED_FRAME,
        /** A reserved bit that no extension explains. */
        RESERVED_BIT,
        /** An opcode without a meaning. */
        RESERVED_OPCODE,
        /** A payload length that is not in its shortest form, or above 2^63 - 1. */
        MALFORMED_LENGTH,
        /** A control frame without FIN. */
        FRAGMENTED_CONTROL,
        /** A control frame with more than 125 bytes. */
        LONG_CONTROL,
        /** A continuation without a message to continue. */
        UNEXPECTED_CONTINUATION,
        /** A new message within a message. */
        INTERRUPTED_MESSAGE,
        /** A compressed message that cannot be inflated. */
        MALFORMED_DEFLATE,
        /** A text message or a close reason that is not UTF-8. */
        MALFORMED_UTF8,
        /** A close frame with a body of one byte, or with a code that must not be sent. */
        MALFORMED_CLOSE,
        /** A frame after the close frame. */
        FRAME_AFTER_CLOSE
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.name() : kind + ": " + detail;
    }
}
