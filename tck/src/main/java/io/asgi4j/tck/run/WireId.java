package io.asgi4j.tck.run;

import java.util.HexFormat;

/** What scenarios are called on the wire: letters, digits and a hyphen, at most 64. */
final class WireId {
    private static final int LONGEST_NAME = 48;

    private WireId() {}

    /** The name of an attempt, which is the same in every run so that two runs write the same bytes. */
    static String of(String scenario, int attempt) {
        var method = scenario.substring(scenario.indexOf('.') + 1).replaceAll("[^A-Za-z0-9]", "");
        var cut = method.length() <= LONGEST_NAME ? method : method.substring(0, LONGEST_NAME);
        return "%s-%s%d".formatted(cut, HexFormat.of().toHexDigits((short) scenario.hashCode()), attempt);
    }
}
