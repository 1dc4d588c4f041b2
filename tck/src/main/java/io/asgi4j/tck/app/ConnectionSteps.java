package io.asgi4j.tck.app;

import io.asgi4j.spec.Signal;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.Step.ConnectionSignal;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The steps about the signals of the scope's connection. */
record ConnectionSteps(Call call, ForkTrace trace) {
    void await(Step.ConnectionAwait step) throws InterruptedException {
        var signal = signal(step, step.signal());
        if (signal != null) {
            signal.await();
            trace(step.signal(), signal);
        }
    }

    void check(Step.ConnectionCheck step) {
        var signal = signal(step, step.signal());
        if (signal != null) {
            trace(step.signal(), signal);
        }
    }

    void onSet(Step.ConnectionOnSet step) {
        var signal = signal(step, step.signal());
        if (signal != null) {
            signal.onSet(() -> {
                trace.add(
                        Kind.ACTION,
                        Dict.empty().with("signal", name(step.signal())).with("name", step.name()));
                if (step.raise()) {
                    throw new ScriptedException("raised by action " + step.name());
                }
            });
        }
    }

    private void trace(ConnectionSignal name, Signal signal) {
        trace.add(Kind.CONNECTION, Dict.empty().with("signal", name(name)).with("set", signal.isSet()));
    }

    private @Nullable Signal signal(Step step, ConnectionSignal signal) {
        var connection = call.connection();
        if (connection == null) {
            trace.unsupported(step, "a scope of type " + call.scope().type() + " has no connection");
            return null;
        }
        return switch (signal) {
            case DISCONNECTED -> connection.disconnected();
            case DRAINING -> connection.draining();
        };
    }

    private static String name(ConnectionSignal signal) {
        return signal.name().toLowerCase(Locale.ROOT);
    }
}
