package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Step.Failing;
import io.asgi4j.tck.script.Step.ForkThread;
import java.util.List;

/**
 * The names of what scripts can ask for, by which an application says what it can do.
 *
 * <p>A name is the {@code op} of a step, with a suffix where a variant of the step is not for every language.
 */
public final class Operations {
    /** Those of an application in any language. */
    public static final List<String> PORTABLE = List.of(
            "await",
            "file",
            "file_check",
            "fork",
            "join",
            "mutate_scope",
            "raise",
            "receive",
            "receive_until",
            "repeat",
            "reread",
            "return",
            "scope",
            "send",
            "sleep",
            "state_append",
            "state_get",
            "state_put",
            "state_remove");

    /** Those that only mean something in Java. */
    public static final List<String> JAVA_ONLY = List.of(
            "connection_await", "connection_check", "connection_on_set", "fork.platform", "interrupt", "raise.error");

    private Operations() {}

    /** {@return the name of what a step asks for, without its nested steps} */
    public static String of(Step step) {
        return switch (step) {
            case Step.Fork fork when fork.thread() == ForkThread.PLATFORM -> "fork.platform";
            case Step.Raise raise when raise.failing() == Failing.ERROR -> "raise.error";
            default -> op(step);
        };
    }

    static String op(Step step) {
        return switch (step) {
            case Step.Receive receive -> "receive";
            case Step.ReceiveUntil until -> "receive_until";
            case Step.Send send -> "send";
            case Step.Await await -> "await";
            case Step.Sleep sleep -> "sleep";
            case Step.Raise raise -> "raise";
            case Step.Return end -> "return";
            case Step.Fork fork -> "fork";
            case Step.Join join -> "join";
            case Step.Interrupt interrupt -> "interrupt";
            case Step.ConnectionAwait await -> "connection_await";
            case Step.ConnectionCheck check -> "connection_check";
            case Step.ConnectionOnSet onSet -> "connection_on_set";
            case Step.StatePut put -> "state_put";
            case Step.StateGet get -> "state_get";
            case Step.StateRemove remove -> "state_remove";
            case Step.StateAppend append -> "state_append";
            case Step.TraceScope scope -> "scope";
            case Step.MutateScope mutate -> "mutate_scope";
            case Step.Reread reread -> "reread";
            case Step.MakeFile file -> "file";
            case Step.CheckFile file -> "file_check";
            case Step.Repeat repeat -> "repeat";
        };
    }
}
