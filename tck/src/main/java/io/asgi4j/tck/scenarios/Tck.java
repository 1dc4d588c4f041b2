package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.script.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What all areas have in common. A test method only says what is to happen, by one call of {@link #scenario}; the kit then makes it
 * happen and looks at it.
 *
 * <p>The server under judgement starts once for all areas. Each test has an instance of its own. Where JUnit may
 * ({@code junit.jupiter.execution.parallel.enabled}), it runs several at a time. All have the tag {@value #TAG}, by which a build can
 * choose or leave them out.
 */
@Tag(Tck.TAG)
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ScenarioExtension.class)
public abstract class Tck {
    /** The tag of all scenarios. */
    public static final String TAG = "asgi4j-tck";

    private @Nullable ScenarioBuilder begun;

    /** For areas. */
    protected Tck() {}

    /**
     * The server to be judged. By default {@link java.util.ServiceLoader} finds it.
     *
     * @throws LaunchException if that finds none, or several
     */
    protected ServerProvider provider() throws LaunchException {
        return InProcessLauncher.findProvider();
    }

    /** Begins the scenario of a test method, with what its application does. */
    protected final ScenarioBuilder scenario(Script application) {
        if (begun != null) {
            throw new IllegalStateException("a test method has one scenario, and this one begins a second");
        }
        begun = new ScenarioBuilder(application);
        return begun;
    }

    /** What the test method has said. */
    final ScenarioBuilder said() {
        if (begun == null) {
            throw new IllegalStateException("a test method has one scenario, and this one has none");
        }
        return begun;
    }
}
