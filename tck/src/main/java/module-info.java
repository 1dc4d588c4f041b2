import org.jspecify.annotations.NullMarked;

/**
 * The conformance kit: judges any ASGI server, in Java or any other language.
 *
 * <p>To judge a server that comes as a container image, put Testcontainers on the class path; a program that runs on the module path
 * also needs {@code --add-reads io.asgi4j.tck=ALL-UNNAMED}.
 */
@NullMarked
module io.asgi4j.tck {
    requires transitive io.asgi4j.spec;
    requires transitive org.junit.jupiter.api;
    requires info.picocli;
    requires okhttp3;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires transitive tools.jackson.databind;

    // Annotations only, read by compilers and checkers: nothing is needed at run time.
    requires static org.jspecify;

    exports io.asgi4j.tck;
    exports io.asgi4j.tck.app;
    exports io.asgi4j.tck.control;
    exports io.asgi4j.tck.scenario;
    exports io.asgi4j.tck.scenarios;
    exports io.asgi4j.tck.script;

    // Types of the wire and of ways to launch stand in what authors of scenarios and of test classes write.
    exports io.asgi4j.tck.launch;
    exports io.asgi4j.tck.wire;
    exports io.asgi4j.tck.wire.http2;

    // JUnit calls the areas' test methods, which are not public.
    opens io.asgi4j.tck.scenarios to
            org.junit.platform.commons;

    // picocli fills the options of commands, which are not public.
    opens io.asgi4j.tck.cli to
            info.picocli;

    uses io.asgi4j.tck.ServerProvider;
}
