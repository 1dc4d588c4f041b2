import org.jspecify.annotations.NullMarked;

/** The conformance kit: judges any ASGI server, in Java or any other language. */
@NullMarked
@SuppressWarnings("requires-automatic") // Testcontainers has no module descriptor
module io.asgi4j.tck {
    requires transitive io.asgi4j.spec;
    requires transitive org.junit.jupiter.api;
    requires info.picocli;
    requires okhttp3;
    requires transitive tools.jackson.databind;

    // Only needed to judge a server that comes as a container image.
    requires static testcontainers;

    // Annotations only, read by compilers and checkers: nothing is needed at run time.
    requires static org.jspecify;

    exports io.asgi4j.tck.app;
    exports io.asgi4j.tck.control;
    exports io.asgi4j.tck.script;
}
