package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes made readable without losing one: text with escapes, or a hexadecimal dump for what is not text. */
final class Printable {
    private static final int BYTES_PER_DUMP_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /** Text on one line: {@code \r}, {@code \n}, {@code \t}, {@code \\}, and {@code \xNN} for what is not printable ASCII. */
    static String escaped(Octets octets) {
        var text = new StringBuilder();
        for (var i = 0; i < octets.size(); i++) {
            var octet = octets.at(i);
            switch (octet) {
                case '\r' -> text.append("\\r");
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (isPrintable(octet)) {
                        text.append((char) octet);
                    } else {
                        text.append("\\x").append(HEX.toHexDigits((byte) octet));
                    }
                }
            }
        }
        return text.toString();
    }

    /** Lines to show: escaped text that breaks after each {@code \n}, or a dump if most of it would be escapes. */
    static List<String> lines(Octets octets) {
        return isText(octets) ? textLines(octets) : dumpLines(octets);
    }

    static boolean isText(Octets octets) {
        var escapes = 0;
        for (var i = 0; i < octets.size(); i++) {
            var octet = octets.at(i);
            if (!isPrintable(octet) && octet != '\r' && octet != '\n' && octet != '\t') {
                escapes++;
            }
        }
        return escapes * 4 <= octets.size();
    }

    private static List<String> textLines(Octets octets) {
        var lines = new ArrayList<String>();
        var start = 0;
        for (var i = 0; i < octets.size(); i++) {
            if (octets.at(i) == '\n') {
                lines.add(escaped(octets.slice(start, i + 1)));
                start = i + 1;
            }
        }
        if (start < octets.size()) {
            lines.add(escaped(octets.from(start)));
        }
        return lines;
    }

    private static List<String> dumpLines(Octets octets) {
        var lines = new ArrayList<String>();
        for (var start = 0; start < octets.size(); start += BYTES_PER_DUMP_LINE) {
            var row = octets.slice(start, Math.min(start + BYTES_PER_DUMP_LINE, octets.size()));
            var hex = new StringBuilder();
            var text = new StringBuilder();
            for (var i = 0; i < row.size(); i++) {
                hex.append(HEX.toHexDigits((byte) row.at(i))).append(' ');
                text.append(isPrintable(row.at(i)) ? (char) row.at(i) : '.');
            }
            lines.add("%-48s|%s|".formatted(hex, text));
        }
        return lines;
    }

    private static boolean isPrintable(int octet) {
        return octet >= 0x20 && octet < 0x7F;
    }
}
