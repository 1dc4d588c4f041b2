package io.asgi4j.samples.minimal;

import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Collectors;

/**
 * Tells everybody that the shutdown has begun.
 *
 * <p>Thread ownership: guarded by its own monitor, which is never held while anything blocks. The signals are held
 * weakly: those of scopes that nobody has any more need not be set.
 *
 * <p>Keeps: {@code signals.draining}.
 */
final class Draining {
    private final WeakHashMap<Once, Boolean> signals = new WeakHashMap<>();
    private boolean begun;

    /** A signal of its own for whoever asks. */
    synchronized Once signal() {
        var signal = new Once();
        if (begun) {
            signal.set();
        } else {
            signals.put(signal, true);
        }
        return signal;
    }

    void begin() {
        for (var signal : present()) {
            signal.set();
        }
    }

    private synchronized Set<Once> present() {
        begun = true;
        return signals.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }
}
