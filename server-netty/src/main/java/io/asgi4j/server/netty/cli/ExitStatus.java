package io.asgi4j.server.netty.cli;

/** What the process tells whoever started it. */
enum ExitStatus {
    STOPPED(0, "Stopped gracefully, by SIGINT or SIGTERM."),
    APPLICATION_DID_NOT_START(1, "The application did not start: it failed, said so, or took too long."),
    USAGE(2, "The command line, the environment, the configuration file or the application's name is wrong."),
    SERVER_DID_NOT_START(3, "The server did not start: the port is in use, or something it needs is missing."),
    APPLICATION_FAILED(4, "The application failed in its lifespan after it had started, or could not shut down.");

    private final int code;
    private final String meaning;

    ExitStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }
}
