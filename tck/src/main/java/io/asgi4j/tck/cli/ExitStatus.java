package io.asgi4j.tck.cli;

/** What the process tells whoever started it. */
enum ExitStatus {
    CONFORMANT(0, "Everything that was asked for is as it should be."),
    NOT_CONFORMANT(1, "A scenario failed, or a report may not be shown."),
    USAGE(2, "The command line, or a file that it names, is wrong."),
    NOT_JUDGED(3, "The server could not be started, was lost, or the kit itself failed.");

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
