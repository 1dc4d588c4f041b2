package io.asgi4j.tck.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the mutants of all areas have in common. A test method says by {@link Breaks} what its mutant breaks, and kills it. */
@Tag("mutant")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
abstract class MutantTests {
    private @Nullable ExtensionContext context;

    @RegisterExtension
    final BeforeEachCallback beforeEach = each -> context = each;

    /** Fails unless the kit catches the mutant, and says what it should say about it. */
    final void kill(Mutant mutant) throws InterruptedException, IOException {
        var method = Objects.requireNonNull(context).getRequiredTestMethod();
        var tally = Tally.of(Objects.requireNonNull(context));
        tally.hunted();
        var hunt = Hunt.of(mutant, breaks(method), Golden.area(getClass()));
        if (!hunt.complaint().isEmpty()) {
            fail(hunt.complaint());
        }
        compare(hunt, method);
        tally.killed();
    }

    private void compare(Hunt hunt, Method method) throws IOException {
        var golden = Golden.of(getClass(), method.getName());
        var message = Golden.normalised(hunt.shown().orElseThrow().message());
        var isSame = Golden.areAlike(golden.kept(), message);
        if (!isSame && Boolean.getBoolean(Golden.ACCEPT)) {
            golden.keep(message);
        } else if (!isSame) {
            assertEquals(
                    golden.kept(), message, () -> golden.path() + " differs; -D" + Golden.ACCEPT + "=true replaces it");
        }
    }

    private static Breaks breaks(Method method) {
        return Objects.requireNonNull(
                method.getAnnotation(Breaks.class), () -> method + " does not say what its mutant breaks");
    }
}
