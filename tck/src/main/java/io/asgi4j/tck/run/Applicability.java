package io.asgi4j.tck.run;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.requirement.Level;
import io.asgi4j.tck.requirement.Origin;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.requirement.Rule;
import io.asgi4j.tck.scenario.Scenario;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a server can be asked to play a scenario, and how much the scenario binds it. */
final class Applicability {
    /** Why a scenario is not for a server. */
    record No(Status status, String reason) {}

    private final Launcher launcher;
    private final Target target;
    private final Set<Feature> features;
    private final Requirements requirements;

    Applicability(Launcher launcher, Target target, Set<Feature> features, Requirements requirements) {
        this.launcher = launcher;
        this.target = target;
        this.features = features;
        this.requirements = requirements;
    }

    /** Why the scenario is not for this server; empty if it is. */
    Optional<No> against(Scenario scenario) {
        var missing = new TreeSet<>(scenario.needs());
        missing.removeAll(features);
        if (!missing.isEmpty()) {
            return no(Status.NOT_DECLARED, "the server does not declare " + missing);
        }
        var announced = target.hello().specVersion();
        if (!scenario.specVersion().isEmpty() && isOlder(announced, scenario.specVersion())) {
            return no(
                    Status.NOT_DECLARED,
                    "the server announces version %s of ASGI's specification, and this came with %s"
                            .formatted(announced, scenario.specVersion()));
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
        var options = new TreeSet<>(scenario.start().options().values().keySet());
        options.removeAll(launcher.startOptions());
        if (!options.isEmpty()) {
            return no(Status.NOT_TESTABLE, "nothing tells how the server's %s is set".formatted(options));
        }
        return Optional.empty();
    }

    /** How much the strongest requirement binds this server; empty if all of them are asgi4j's own, and the server is not written on its types. */
    Optional<Level> level(Scenario scenario) {
        return scenario.requirements().stream()
                .flatMap(slug -> requirements.find(slug).stream())
                .filter(rule -> rule.origin() == Origin.ASGI || isOnJava())
                .map(Rule::level)
                .min(Comparator.naturalOrder());
    }

    private boolean isOnJava() {
        return target.hello().language().startsWith("java");
    }

    private static Optional<No> no(Status status, String reason) {
        return Optional.of(new No(status, reason));
    }

    private static boolean isOlder(String announced, String needed) {
        return announced.matches("[0-9]+(\\.[0-9]+)*") && Arrays.compare(numbers(announced), numbers(needed)) < 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }
}
