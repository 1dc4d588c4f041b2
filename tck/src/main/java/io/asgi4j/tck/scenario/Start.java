package io.asgi4j.tck.scenario;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.script.Script;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How the server of a scenario is started.
 *
 * @param options what it must do differently from its defaults
 * @param preferred what it does where that can be set, and may be expected to do by default elsewhere
 * @param lifespan what the application does in its lifespan call
 * @param refused the server must refuse to start
 * @param atFirstConnection what must have happened in the lifespan call when a client that came too early gets a connection
 * @param atFirstAnswer what must have happened there when that client gets an answer
 */
public record Start(
        StartOptions options,
        StartOptions preferred,
        Script lifespan,
        boolean refused,
        List<TraceMatcher> atFirstConnection,
        List<TraceMatcher> atFirstAnswer) {
    /** As most scenarios need it, so that they can share a server. */
    public static final Start USUAL =
            new Start(StartOptions.DEFAULT, StartOptions.DEFAULT, Script.LIFESPAN, false, List.of(), List.of());

    /** Copies the lists. */
    public Start {
        atFirstConnection = List.copyOf(atFirstConnection);
        atFirstAnswer = List.copyOf(atFirstAnswer);
    }

    /** Whether scenarios with this start can share a server. */
    public boolean isUsual() {
        return equals(USUAL);
    }

    /** Whether a client comes before the server has started. */
    public boolean hasEarlyClient() {
        return !atFirstConnection.isEmpty() || !atFirstAnswer.isEmpty();
    }

    /** The options that whoever starts the server has to be able to set. */
    public Set<StartOption> neededOptions() {
        var needed = EnumSet.noneOf(StartOption.class);
        needed.addAll(options.values().keySet());
        if (hasEarlyClient()) {
            needed.add(StartOption.PORT);
        }
        return needed;
    }

    /** The options with which a server is started where these can be set. */
    public StartOptions options(Set<StartOption> settable) {
        return preferred.only(settable).with(options);
    }

    Start with(StartOptions others) {
        return new Start(others, preferred, lifespan, refused, atFirstConnection, atFirstAnswer);
    }

    Start preferring(StartOptions others) {
        return new Start(options, others, lifespan, refused, atFirstConnection, atFirstAnswer);
    }

    Start with(Script script) {
        return new Start(options, preferred, script, refused, atFirstConnection, atFirstAnswer);
    }

    Start thatIsRefused() {
        return new Start(options, preferred, lifespan, true, atFirstConnection, atFirstAnswer);
    }

    Start expectingAtFirstConnection(List<TraceMatcher> more) {
        return new Start(options, preferred, lifespan, refused, joined(atFirstConnection, more), atFirstAnswer);
    }

    Start expectingAtFirstAnswer(List<TraceMatcher> more) {
        return new Start(options, preferred, lifespan, refused, atFirstConnection, joined(atFirstAnswer, more));
    }

    private static List<TraceMatcher> joined(List<TraceMatcher> first, List<TraceMatcher> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
