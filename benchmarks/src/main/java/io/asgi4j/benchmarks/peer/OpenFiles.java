package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How many files, and with them connections, a process may have open. */
public final class OpenFiles {
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d+)");

    /** What a process has open besides connections. */
    private static final int OTHERS = 500;

    private OpenFiles() {}

    /** So many connections as are wished, or as many as this process may have, and those that it starts. */
    public static int connections(int wished) throws IOException {
        var limit = LIMIT.matcher(Files.readString(Path.of("/proc/self/limits")));
        return limit.find() ? Math.min(wished, Integer.parseInt(limit.group(1)) - OTHERS) : wished;
    }
}
