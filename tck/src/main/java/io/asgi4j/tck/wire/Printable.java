package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes made readable without losing one: text with escapes, or a hexadecimal dump for what is not text. */
final class Printable {
    private static final int BYTES_PER_TEXT_LINE = 160;
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

    /** Whether text with escapes is the more readable form. */
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

    /** Text with escapes, in lines that end after each {@code \n} and where they become long; of equal ones in a row, one. */
    static List<String> textLines(Octets octets) {
        var lines = new ArrayList<String>();
        var start = 0;
        for (var i = 0; i < octets.size(); i++) {
            if (octets.at(i) == '\n' || i - start == BYTES_PER_TEXT_LINE - 1 || i == octets.size() - 1) {
                lines.add(escaped(octets.slice(start, i + 1)));
                start = i + 1;
            }
        }
        return withoutRepetition(lines);
    }

    /** Hexadecimal digits beside printable ASCII; of equal lines in a row, one. */
    static List<String> dumpLines(Octets octets) {
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
        return withoutRepetition(lines);
    }

    private static List<String> withoutRepetition(List<String> lines) {
        var shorter = new ArrayList<String>();
        var from = 0;
        for (var to = 1; to <= lines.size(); to++) {
            if (to == lines.size() || !lines.get(to).equals(lines.get(from))) {
                shorter.add(lines.get(from));
                if (to - from == 2) {
                    shorter.add(lines.get(from));
                } else if (to - from > 2) {
                    shorter.add("… the same " + (to - from - 1) + " times more …");
                }
                from = to;
            }
        }
        return shorter;
    }

    private static boolean isPrintable(int octet) {
        return octet >= 0x20 && octet < 0x7F;
    }
}
