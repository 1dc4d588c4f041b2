package io.asgi4j.tck.mutant;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How many mutants there were, and were killed; says so at the end of the run. Any thread may call any method. */
final class Tally implements AutoCloseable {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Tally.class);

    private final AtomicInteger hunted = new AtomicInteger();
    private final AtomicInteger killed = new AtomicInteger();

    /** The one of a run. */
    static Tally of(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Tally.class, type -> new Tally(), Tally.class);
    }

    void hunted() {
        hunted.incrementAndGet();
    }

    void killed() {
        killed.incrementAndGet();
    }

    @Override
    public void close() {
        System.out.printf("Mutants: killed %d/%d%n", killed.get(), hunted.get());
    }
}
