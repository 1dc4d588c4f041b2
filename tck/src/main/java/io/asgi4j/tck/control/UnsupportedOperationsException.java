package io.asgi4j.tck.control;

import java.io.IOException;
import java.util.List;

/** A script asks for what the application under test cannot do in its language. */
public final class UnsupportedOperationsException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient List<String> operations;

    UnsupportedOperationsException(List<String> operations) {
        super("the application cannot do " + String.join(", ", operations));
        this.operations = List.copyOf(operations);
    }

    /** What it cannot do. */
    public List<String> operations() {
        return operations;
    }
}
