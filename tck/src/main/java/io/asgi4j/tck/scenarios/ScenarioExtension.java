package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.run.KnownFailures;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.RunSettings;
import io.asgi4j.tck.wire.Limits;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs the scenario that a test method has said, and tells JUnit how it went.
 *
 * <p>JUnit's configuration parameters, or system properties, of these names set what a command line would:
 * {@code asgi4j.tck.strict}, {@code asgi4j.tck.timeFactor}, {@code asgi4j.tck.knownFailures}.
 */
final class ScenarioExtension implements InvocationInterceptor {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Tck.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        invocation.proceed();
        var area = (Tck) context.getRequiredTestInstance();
        var scenario = ScenarioMethod.scenario(area, method.getExecutable());
        report(shared(area, context).run(scenario), context);
    }

    private static void report(Outcome outcome, ExtensionContext context) {
        switch (outcome.status()) {
            case PASS -> {}
            case WARN -> context.publishReportEntry("warning", outcome.message());
            case FAIL, FIXED, ERROR, NOT_RUN -> throw new AssertionFailedError(outcome.message());
            case KNOWN_FAILURE, NOT_DECLARED, NOT_TESTABLE ->
                throw new TestAbortedException(
                        outcome.status().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + outcome.reason());
        }
    }

    private static SharedSession shared(Tck area, ExtensionContext context) throws LaunchException {
        var provider = area.provider();
        var store = context.getRoot().getStore(NAMESPACE);
        return store.computeIfAbsent(
                provider.getClass(),
                type -> new SharedSession(new InProcessLauncher(provider, START_LIMIT), settings(context)),
                SharedSession.class);
    }

    private static RunSettings settings(ExtensionContext context) {
        var usual = RunSettings.usual(
                id -> "mvn test -Dtest=" + id.replace('.', '#').replaceFirst("Tck#", "*#"));
        var factor = context.getConfigurationParameter("asgi4j.tck.timeFactor", Double::valueOf);
        var known = context.getConfigurationParameter("asgi4j.tck.knownFailures", ScenarioExtension::read);
        return new RunSettings(
                factor.map(Limits.DEFAULT::scaled).orElse(Limits.DEFAULT),
                context.getConfigurationParameter("asgi4j.tck.strict", Boolean::valueOf)
                        .orElse(false),
                known.orElse(KnownFailures.NONE),
                usual.requirements(),
                usual.rerun());
    }

    private static KnownFailures read(String file) {
        try {
            return KnownFailures.read(Path.of(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
