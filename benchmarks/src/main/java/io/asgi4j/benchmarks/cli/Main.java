package io.asgi4j.benchmarks.cli;

import picocli.CommandLine;

/** The main class of the executable jar. */
public final class Main {
    private Main() {}

    /** Does what the command line says and ends the process with a status that tells how it went. */
    public static void main(String... arguments) {
        // the client's event loop runs on the main thread, which has no cache of buffers otherwise
        System.setProperty("io.netty.allocator.useCacheForAllThreads", "true");
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }
}
