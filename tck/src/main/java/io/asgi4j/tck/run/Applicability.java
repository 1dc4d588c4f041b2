package io.asgi4j.tck.run;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.scenario.Scenario;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a server can be asked to play a scenario. */
final class Applicability {
    /** Why a scenario is not for a server. */
    record No(Status status, String reason) {}

    private final Launcher launcher;
    private final Target target;
    private final Set<Feature> features;

    Applicability(Launcher launcher, Target target, Set<Feature> features) {
        this.launcher = launcher;
        this.target = target;
        this.features = features;
    }

    /** Why the scenario is not for this server; empty if it is. */
    Optional<No> against(Scenario scenario) {
        var missing = new TreeSet<>(scenario.needs());
        missing.removeAll(features);
        if (!missing.isEmpty()) {
            return no(Status.NOT_DECLARED, "the server does not declare " + missing);
        }
        var operations = new TreeSet<>(scenario.operations());
        operations.removeAll(target.hello().operations());
        if (!operations.isEmpty()) {
            return no(
                    Status.NOT_TESTABLE,
                    "an application in %s cannot do %s".formatted(target.hello().language(), operations));
        }
        if (scenario.needsOwnServer() && !launcher.startsServers()) {
            return no(Status.NOT_TESTABLE, "it needs a server that the kit starts and stops");
        }
        if (!scenario.reported().isEmpty() && !launcher.seesOutput()) {
            return no(Status.NOT_TESTABLE, "what the server tells its operator cannot be seen");
        }
        var options = new TreeSet<>(scenario.start().neededOptions());
        options.removeAll(launcher.startOptions());
        if (!options.isEmpty()) {
            return no(Status.NOT_DECLARED, "nothing tells how the server's %s is set".formatted(options));
        }
        return Optional.empty();
    }

    private static Optional<No> no(Status status, String reason) {
        return Optional.of(new No(status, reason));
    }
}
