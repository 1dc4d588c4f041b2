package io.asgi4j.tck.requirement;

import java.util.SortedMap;

/** What nobody outside a server can see, with the reason. */
public final class Untestable {
    private static final String FILE = "untestable.txt";

    private Untestable() {}

    /** Reasons by slug. */
    public static SortedMap<String, String> load() {
        return Entries.parse(FILE, Resources.lines(FILE));
    }
}
