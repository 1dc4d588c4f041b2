package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that an application does. PROTOCOL.md says for each what it does and what the trace then holds. */
public sealed interface Step {
    /** The largest number of repetitions. */
    int MAX_TIMES = 1_000_000;

    /** The longest sleep, in milliseconds. */
    int MAX_SLEEP_MILLIS = 60_000;

    /** The steps inside this one. */
    default List<Step> steps() {
        return List.of();
    }

    /** What to do when {@code receive}, {@code send} or a wait throws. The failure is traced in any case. */
    enum OnFailure {
        /** It leaves the application as it was thrown. */
        THROW,
        /** The next step follows. */
        TOLERATE,
        /** It leaves the application as the cause of another exception. */
        WRAP
    }

    /** The thread of a fork. */
    enum ForkThread {
        /** Whatever is usual in the language: a virtual thread, a task. */
        USUAL,
        /** A platform thread; Java only. */
        PLATFORM
    }

    /** What an application throws. */
    enum Failing {
        /** {@code RuntimeException}, {@code RuntimeError}. */
        EXCEPTION,
        /** {@code IOException}, {@code OSError}. */
        IO,
        /** What applications throw for a scope that they do not know. */
        UNSUPPORTED_SCOPE,
        /** An {@code Error}; Java only. */
        ERROR
    }

    /** A signal of the scope's connection. */
    enum ConnectionSignal {
        /** The client has left, or the exchange is over. */
        DISCONNECTED,
        /** The server shuts down. */
        DRAINING
    }

    /** Receives some events and traces each; {@code keep} keeps them for {@link Reread}. */
    record Receive(int times, boolean keep, OnFailure onFailure) implements Step {
        /** Checks the count. */
        public Receive {
            requireTimes(times);
        }
    }

    /**
     * Receives until an event of the type has these entries, or {@code count} events have come, or the event is the last of its
     * exchange ({@code http.disconnect}, {@code websocket.disconnect}, {@code lifespan.shutdown}).
     *
     * @param type the type, or null for any
     * @param where entries that the event must have, ASGI's defaults being filled in
     * @param count the number of events, or 0 for any number
     * @param summarise traces one entry with the sums instead of one for each event
     */
    record ReceiveUntil(
            @Nullable String type, Dict where, int count, boolean summarise, boolean keep, OnFailure onFailure)
            implements Step {
        /** Checks the count. */
        public ReceiveUntil {
            if (count != 0) {
                requireTimes(count);
            }
            if (type == null && count == 0) {
                throw new IllegalArgumentException("receive_until needs a type or a count");
            }
        }
    }

    /** Sends an event some times, up to the first failure; {@code summarise} traces one entry with the count. */
    record Send(Dict event, int times, boolean summarise, OnFailure onFailure) implements Step {
        /** Checks the count. */
        public Send {
            requireTimes(times);
        }
    }

    /** Waits for a signal of the driver, which stays set once it was given. */
    record Await(String signal, OnFailure onFailure) implements Step {}

    /** Lets time pass; a signal is better wherever one will do. */
    record Sleep(int millis) implements Step {
        /** Checks the time. */
        public Sleep {
            if (millis < 0 || millis > MAX_SLEEP_MILLIS) {
                throw new IllegalArgumentException("ms " + millis + " is not in the range 0 to " + MAX_SLEEP_MILLIS);
            }
        }
    }

    /** Ends the call, or the fork, by an exception. */
    record Raise(Failing failing, String message) implements Step {}

    /** Ends the call, or the fork. */
    record Return() implements Step {}

    /** Does steps at the same time as those that follow. It may outlive the call. */
    record Fork(String name, ForkThread thread, List<Step> steps) implements Step {
        /** The name of what is no fork. */
        public static final String MAIN = "main";

        /** Copies the list. */
        public Fork {
            if (name.isEmpty() || name.equals(MAIN)) {
                throw new IllegalArgumentException("a fork needs a name other than " + MAIN);
            }
            steps = List.copyOf(steps);
        }
    }

    /** Waits for the end of a fork. */
    record Join(String fork, OnFailure onFailure) implements Step {}

    /** Interrupts the thread of a fork, or of {@link Fork#MAIN}; Java only. */
    record Interrupt(String fork) implements Step {}

    /** Waits for a signal of the connection; Java only. */
    record ConnectionAwait(ConnectionSignal signal, OnFailure onFailure) implements Step {}

    /** Traces whether a signal of the connection is set; Java only. */
    record ConnectionCheck(ConnectionSignal signal) implements Step {}

    /** Registers an action that traces that it ran, and then may throw; Java only. */
    record ConnectionOnSet(ConnectionSignal signal, String name, boolean raise) implements Step {}

    /** Puts a value into the scope's state; a list or dictionary becomes one that can be changed. */
    record StatePut(String key, Value value) implements Step {}

    /** Traces a value of the scope's state. */
    record StateGet(String key) implements Step {}

    /** Takes a value out of the scope's state. */
    record StateRemove(String key) implements Step {}

    /** Appends to the list that the scope's state holds under a key. */
    record StateAppend(String key, Value value) implements Step {}

    /** Traces the scope once more, as it is now. */
    record TraceScope() implements Step {}

    /** Tries to change the scope in place, and traces what gave way. */
    record MutateScope() implements Step {}

    /** Traces all kept events once more, as they are now. */
    record Reread() implements Step {}

    /** Makes a temporary file, which lives as long as the scenario. */
    record MakeFile(String name, Value.KnownBytes content) implements Step {}

    /** Traces size and position of a file, and whether it is open. */
    record CheckFile(String name) implements Step {}

    /** Does steps several times. */
    record Repeat(int times, List<Step> steps) implements Step {
        /** Checks the count and copies the list. */
        public Repeat {
            requireTimes(times);
            steps = List.copyOf(steps);
        }
    }

    private static void requireTimes(int times) {
        if (times < 1 || times > MAX_TIMES) {
            throw new IllegalArgumentException("times " + times + " is not in the range 1 to " + MAX_TIMES);
        }
    }
}
