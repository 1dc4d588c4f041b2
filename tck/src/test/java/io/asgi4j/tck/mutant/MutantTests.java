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

    /** Fails unless the kit catches the mutant, and says what it should say about it, for which a busy machine has a second, patient try. */
    final void kill(Mutant mutant) throws InterruptedException, IOException {
        var method = Objects.requireNonNull(context).getRequiredTestMethod();
        var tally = Tally.of(Objects.requireNonNull(context));
        tally.hunted();
        var hunt = Hunt.of(mutant, breaks(method), Golden.area(getClass()));
        if (!hunt.complaint().isEmpty()) {
            fail(hunt.complaint());
        }
        if (!Golden.areAlike(golden(method).kept(), message(hunt))) {
            hunt = Hunt.patiently(mutant, breaks(method), Golden.area(getClass()));
        }
        compare(message(hunt), method);
        tally.killed();
    }

    private Golden golden(Method method) {
        return Golden.of(getClass(), method.getName());
    }

    private static String message(Hunt hunt) {
        return Golden.normalised(hunt.shown().orElseThrow().message());
    }

    private void compare(String message, Method method) throws IOException {
        var golden = golden(method);
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
