package io.asgi4j.server.netty.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks text as it arrives: fails at the first octet that cannot be part of well-formed UTF-8 (RFC 3629), wherever the
 * text is cut into pieces. Owned by whoever feeds it.
 */
final class Utf8Validator {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NON_ASCII = 0x8080_8080_8080_8080L;

    /** How many octets the current character still needs, and the range of the next one. */
    private int needed;

    private int lowest;
    private int highest;

    void reset() {
        needed = 0;
    }

    /** Whether the text does not end inside a character. */
    boolean isComplete() {
        return needed == 0;
    }

    /** Takes the octets from {@code start} to before {@code end}; false if they can never become valid text. */
    boolean accept(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            if (needed == 0) {
                i = skipAscii(bytes, i, end);
                if (i < end && !startsCharacter(bytes[i++] & 0xFF)) {
                    return false;
                }
            } else if (!continuesCharacter(bytes[i++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    private static int skipAscii(byte[] bytes, int start, int end) {
        int i = start;
        while (i <= end - Long.BYTES && ((long) LONGS.get(bytes, i) & NON_ASCII) == 0) {
            i += Long.BYTES;
        }
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        return i;
    }

    private boolean startsCharacter(int octet) {
        lowest = 0x80;
        highest = 0xBF;
        if (octet >= 0xC2 && octet <= 0xDF) {
            needed = 1;
        } else if (octet >= 0xE0 && octet <= 0xEF) {
            needed = 2;
            if (octet == 0xE0) {
                lowest = 0xA0; // below is an overlong form
            } else if (octet == 0xED) {
                highest = 0x9F; // above is a surrogate
            }
        } else if (octet >= 0xF0 && octet <= 0xF4) {
            needed = 3;
            if (octet == 0xF0) {
                lowest = 0x90; // below is an overlong form
            } else if (octet == 0xF4) {
                highest = 0x8F; // above is beyond U+10FFFF
            }
        }
        return needed > 0;
    }

    private boolean continuesCharacter(int octet) {
        boolean valid = octet >= lowest && octet <= highest;
        lowest = 0x80;
        highest = 0xBF;
        needed--;
        return valid;
    }
}
