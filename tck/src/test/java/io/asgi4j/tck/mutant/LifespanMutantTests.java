package io.asgi4j.tck.mutant;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import org.junit.jupiter.api.Test;

/** Servers that start and end the application in a wrong way. */
final class LifespanMutantTests extends MutantTests {
    @Test
    @Breaks("lifespan.off")
    void aServerThatCannotDoWithoutLifespanIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> server.start(
                application,
                options.text(StartOption.LIFESPAN).orElse("").equals("off") ? StartOptions.DEFAULT : options)));
    }
}
