package io.asgi4j.benchmarks.server;

import java.nio.file.Path;

/**
 * How a server's program is called: {@code PORT LOOPS FILE}.
 *
 * @param port on which it listens, on the loopback interface
 * @param loops how many event loops, selectors or carriers it has, where it has such a thing
 * @param file the absolute path of the file that it sends
 */
record Arguments(int port, int loops, Path file) {
    static final String HOST = "127.0.0.1";

    static Arguments of(String[] arguments) {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: PORT LOOPS FILE");
        }
        return new Arguments(
                Integer.parseInt(arguments[0]),
                Integer.parseInt(arguments[1]),
                Path.of(arguments[2]).toAbsolutePath());
    }
}
