package io.asgi4j.benchmarks.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program of the machine that measurements need, and the Debian package it is in. */
public enum Tool {
    WRK("wrk", "wrk"),
    H2LOAD("h2load", "nghttp2-client"),
    PERF("perf", "linux-perf"),
    TASKSET("taskset", "util-linux"),
    SETPRIV("setpriv", "util-linux");

    private final String program;
    private final String debianPackage;

    Tool(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /**
     * Returns the program's name.
     *
     * @throws MissingException if it is not installed
     */
    public String program() {
        require();
        return program;
    }

    /**
     * Looks whether it is there.
     *
     * @throws MissingException if it is not installed
     */
    public void require() {
        if (!isInstalled()) {
            throw new MissingException(
                    "%s is missing; on Debian it is in the package %s".formatted(program, debianPackage));
        }
    }

    private boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
