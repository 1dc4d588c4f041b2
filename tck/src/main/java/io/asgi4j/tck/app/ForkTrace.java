package io.asgi4j.tck.app;

import io.asgi4j.tck.script.Operations;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Failure;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value.Dict;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The trace as one fork of a call, or the call itself, writes it. Any thread may call any method. */
record ForkTrace(Call call, String fork) {
    void add(Kind kind, Dict details) {
        add(kind, null, null, details);
    }

    void add(Kind kind, @Nullable Dict event, @Nullable Throwable error, Dict details) {
        call.trace(fork, kind, event, error == null ? null : failure(error), details);
    }

    /** The step has no meaning here. */
    void unsupported(Step step, String reason) {
        add(Kind.UNSUPPORTED, Dict.empty().with("op", Operations.of(step)).with("reason", reason));
    }

    private static Failure failure(Throwable error) {
        return new Failure(
                error.getClass().getName(),
                Bounded.message(Objects.requireNonNullElse(error.getMessage(), "")),
                error instanceof IOException);
    }
}
