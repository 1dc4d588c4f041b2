package io.asgi4j.tck.script;

import io.asgi4j.tck.script.Value.Dict;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to an application.
 *
 * @param seq counts the entries of a scenario from 1, without gaps
 * @param ms milliseconds since the epoch of the application, on its monotonic clock
 * @param call counts the calls of the scenario from 0
 * @param fork the fork in which it happened, {@link Step.Fork#MAIN} for none
 * @param kind what happened
 * @param event the event or scope that it happened with, in ASGI's wire form
 * @param error what was thrown
 * @param details whatever else is to be said, by kind
 */
public record TraceEntry(
        long seq,
        double ms,
        int call,
        String fork,
        Kind kind,
        @Nullable Dict event,
        @Nullable Failure error,
        Dict details) {

    /** What can happen. */
    public enum Kind {
        /** The call began with this scope, or a step traced the scope once more. */
        SCOPE,
        /** {@code receive} returned this event; summarised ones have {@code count}, {@code bytes} and {@code sha256}. */
        RECEIVED,
        /** {@code receive} threw. */
        RECEIVE_FAILED,
        /** {@code send} took this event; summarised ones have {@code count}. */
        SENT,
        /** {@code send} threw; {@code constructed} is false if Java's own types refused the event before. */
        SEND_FAILED,
        /** A wait for a signal of the driver is over: {@code signal}. */
        SIGNALLED,
        /** A wait was interrupted: {@code op}. */
        INTERRUPTED,
        /** A fork has ended: {@code joined}. */
        JOINED,
        /** A signal of the connection: {@code signal}, {@code set}. */
        CONNECTION,
        /** An action ran which waited for a signal of the connection: {@code signal}, {@code name}. */
        ACTION,
        /** A value of the state: {@code key}, {@code present}, {@code value}. */
        STATE,
        /** A file: {@code name}, {@code open}, {@code position}, {@code size}. */
        FILE,
        /** A try to change the scope is over: {@code changed} lists what gave way. */
        MUTATED,
        /** A kept event, as it is now; {@code writable} tells whether its bytes could be changed through it. */
        REREAD,
        /** The call, or the fork, returned. */
        RETURNED,
        /** The call, or the fork, threw. */
        RAISED,
        /** A step cannot be done here: {@code op}, {@code reason}. */
        UNSUPPORTED
    }

    /**
     * What was thrown.
     *
     * @param type the name of its class
     * @param message its message, cut to a bounded length
     * @param io it is an {@code IOException} or {@code OSError}
     */
    public record Failure(String type, String message, boolean io) {}

    /** The type of the event or scope; empty if there is none. */
    public String eventType() {
        return event == null ? "" : event.type();
    }
}
