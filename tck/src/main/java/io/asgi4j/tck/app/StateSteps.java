package io.asgi4j.tck.app;

import io.asgi4j.spec.State;
import io.asgi4j.tck.script.StateValues;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps about the scope's state. */
record StateSteps(State state, ForkTrace trace) {
    void put(Step.StatePut step) {
        var object = StateValues.toObject(step.value());
        if (object == null) {
            trace.unsupported(step, "a State holds no null");
        } else {
            state.put(step.key(), object);
        }
    }

    void get(Step.StateGet step) {
        var value = state.asMap().get(step.key());
        trace.add(
                Kind.STATE,
                Dict.empty()
                        .with("key", step.key())
                        .with("present", value != null)
                        .with("value", StateValues.toValue(value)));
    }

    void remove(Step.StateRemove step) {
        state.remove(step.key());
    }

    @SuppressWarnings("unchecked") // lists are put into the state by scripts only, which put lists of any objects
    void append(Step.StateAppend step) {
        if (state.asMap().get(step.key()) instanceof List<?> list) {
            ((List<@Nullable Object>) list).add(StateValues.toObject(step.value()));
        } else {
            trace.unsupported(step, "the state holds no list under " + step.key());
        }
    }
}
