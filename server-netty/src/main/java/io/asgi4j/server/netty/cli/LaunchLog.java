package io.asgi4j.server.netty.cli;

import io.asgi4j.server.netty.options.LogLevel;
import org.slf4j.LoggerFactory;

/** The log of a program that the launcher runs: set up where it is Logback and nobody else has set it up. */
final class LaunchLog {
    private LaunchLog() {}

    static void configure(LogLevel level) {
        if (isLogback() && !isConfigured()) {
            Logback.configure(level);
        }
    }

    /** Writes out what is still buffered. */
    static void flush() {
        if (isLogback()) {
            Logback.stop();
        }
    }

    // Logback's classes may be missing: only the class Logback touches them, and it is loaded only if they are there
    private static boolean isLogback() {
        return LoggerFactory.getILoggerFactory().getClass().getName().startsWith("ch.qos.logback.");
    }

    private static boolean isConfigured() {
        return System.getProperty("logback.configurationFile") != null
                || ClassLoader.getSystemResource("logback.xml") != null
                || ClassLoader.getSystemResource("logback-test.xml") != null;
    }
}
