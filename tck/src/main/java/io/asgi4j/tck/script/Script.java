package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an application does in a scenario.
 *
 * @param calls the steps of the first call, of the second, and so on; further calls do as the last one. An empty list of
 *     steps returns at once
 * @param print each trace entry is also printed on standard output, for what happens when nobody can ask any more
 */
public record Script(List<List<Step>> calls, boolean print) {
    /** The largest number of steps in a script, nested ones included. */
    public static final int MAX_STEPS = 1_000;

    /** Answers start-up and shutdown as a good application does. */
    public static final Script LIFESPAN = of(
            new Step.Receive(1, false, Step.OnFailure.THROW),
            new Step.Send(Dict.empty().with("type", "lifespan.startup.complete"), 1, false, Step.OnFailure.THROW),
            new Step.Receive(1, false, Step.OnFailure.THROW),
            new Step.Send(Dict.empty().with("type", "lifespan.shutdown.complete"), 1, false, Step.OnFailure.THROW));

    /** Copies the lists and checks that they are not too long. */
    public Script {
        calls = calls.stream().map(List::copyOf).toList();
        if (calls.isEmpty()) {
            throw new IllegalArgumentException("a script needs the steps of at least one call");
        }
        var steps = calls.stream().mapToInt(Script::count).sum();
        if (steps > MAX_STEPS) {
            throw new IllegalArgumentException("a script of " + steps + " steps is too long: " + MAX_STEPS);
        }
    }

    /** A script by which every call does the same. */
    public static Script of(Step... steps) {
        return new Script(List.of(List.of(steps)), false);
    }

    /** The steps of a call, counted from 0. */
    public List<Step> steps(int call) {
        return calls.get(Math.min(call, calls.size() - 1));
    }

    /** The operations that an application needs to know, as {@link Operations} names them. */
    public Set<String> operations() {
        var operations = new TreeSet<String>();
        calls.forEach(steps -> collect(steps, operations));
        return operations;
    }

    private static void collect(List<Step> steps, Set<String> operations) {
        for (var step : steps) {
            operations.add(Operations.of(step));
            collect(step.steps(), operations);
        }
    }

    private static int count(List<Step> steps) {
        return steps.stream().mapToInt(step -> 1 + count(step.steps())).sum();
    }
}
