package io.asgi4j.server.netty.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Virtual threads on a scheduler of our own: what the JDK has had since Java 21 but does not offer.
 *
 * <p>This is the only place that reaches into the JDK by reflection. It takes two package-private methods of {@code
 * java.lang}, hence {@code --add-opens java.base/java.lang=…}, and proves by a trial, once per process, that they do what
 * is needed here; {@link #refusal()} tells the outcome.
 */
final class VirtualThreads {
    /** Before Java 24 (JEP 491) a thread that waits in {@code synchronized} keeps its carrier, and so would stop its loop. */
    private static final int FIRST_FEATURE_VERSION = 24;

    private static final int NO_CHARACTERISTICS = 0;

    /** Constants, so that the compiler sees through them: both are called for every request. */
    private static final MethodHandle NEW_THREAD;

    private static final MethodHandle CURRENT_CARRIER;
    private static final @Nullable String OBSTACLE;

    static {
        var newThread = MethodHandles.empty(
                MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
        var currentCarrier = MethodHandles.empty(MethodType.methodType(Thread.class));
        String obstacle = null;
        try {
            newThread = handle(Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class));
            currentCarrier = handle(Thread.class.getDeclaredMethod("currentCarrierThread"));
        } catch (InaccessibleObjectException e) {
            obstacle = "was started without --add-opens java.base/java.lang=" + thisModule();
        } catch (ReflectiveOperationException e) {
            obstacle = "makes virtual threads in another way (" + e + ")";
        }
        NEW_THREAD = newThread;
        CURRENT_CARRIER = currentCarrier;
        OBSTACLE = obstacle;
    }

    private VirtualThreads() {}

    /** What "this JVM" does or is, so that virtual threads on a scheduler of our own cannot be had; empty if they can. */
    static Optional<String> refusal() {
        return Optional.ofNullable(Trial.REFUSAL);
    }

    /** A virtual thread, not yet started, whose every continuation is handed to {@code scheduler}. */
    static Thread unstarted(Executor scheduler, String name, Runnable task) {
        try {
            return (Thread) NEW_THREAD.invokeExact(scheduler, name, NO_CHARACTERISTICS, task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the method declares no checked exception", e);
        }
    }

    /** The platform thread that runs the caller: the thread itself, or the one its virtual thread is mounted on. */
    static Thread currentCarrier() {
        try {
            return (Thread) CURRENT_CARRIER.invokeExact();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("the method declares no checked exception", e);
        }
    }

    private static MethodHandle handle(Method method) throws IllegalAccessException {
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method);
    }

    private static String thisModule() {
        var module = VirtualThreads.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    private static @Nullable String examine() {
        var feature = Runtime.version().feature();
        if (feature < FIRST_FEATURE_VERSION) {
            return "is Java %d and not Java %d or later".formatted(feature, FIRST_FEATURE_VERSION);
        }
        return OBSTACLE != null ? OBSTACLE : trial();
    }

    /** Runs one virtual thread by hand on a platform thread; null if all went as it should. */
    private static @Nullable String trial() {
        var seen = new CompletableFuture<Thread>();
        var carrier = Thread.ofPlatform().daemon().name("asgi4j-trial").start(() -> {
            try {
                var continuations = new ArrayDeque<Runnable>();
                unstarted(continuations::add, "asgi4j-trial", () -> seen.complete(currentCarrier()))
                        .start();
                continuations.remove().run();
                seen.completeExceptionally(new IllegalStateException("the thread did not run"));
            } catch (RuntimeException | Error e) {
                seen.completeExceptionally(e);
            }
        });
        try {
            return seen.join() == carrier ? null : "took another carrier in a trial";
        } catch (CompletionException e) {
            return "failed in a trial (" + e.getCause() + ")";
        }
    }

    /** Apart from the outer class, because the trial's own thread needs that one initialised. */
    private static final class Trial {
        private static final @Nullable String REFUSAL = examine();
    }
}
