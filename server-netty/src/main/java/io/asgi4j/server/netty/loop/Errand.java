package io.asgi4j.server.netty.loop;

import io.asgi4j.server.netty.loop.Confinement.Call;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * A call that a virtual thread of a carrier makes for a thread from elsewhere.
 *
 * <p>The thread from elsewhere owns this object.
 */
final class Errand<T> {
    private final FutureTask<T> outcome;
    private final Thread runner;

    Errand(Carrier carrier, Call<T> call) {
        outcome = new FutureTask<>(call::call);
        runner = VirtualThreads.unstarted(carrier, "asgi4j-errand", outcome);
    }

    /** Blocks until the call has ended. One that ends well in spite of an interrupt loses neither its result nor the interrupt. */
    T run() throws IOException, InterruptedException {
        runner.start();
        var interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    runner.interrupt();
                }
            }
        } catch (ExecutionException failed) {
            var failure = withBothStacks(outcome.exceptionNow());
            if (failure instanceof InterruptedException) {
                interrupted = false;
            }
            throw failed(failure);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Throwable withBothStacks(Throwable failure) {
        var theirs = failure.getStackTrace();
        var ours = new Throwable().getStackTrace();
        failure.setStackTrace(Stream.of(theirs, ours).flatMap(Stream::of).toArray(StackTraceElement[]::new));
        return failure;
    }

    private static RuntimeException failed(Throwable failure) throws IOException, InterruptedException {
        switch (failure) {
            case IOException e -> throw e;
            case InterruptedException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("a call declares no other exceptions", failure);
        }
    }
}
