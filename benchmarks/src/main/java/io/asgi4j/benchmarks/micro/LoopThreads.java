package io.asgi4j.benchmarks.micro;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads with Netty's caches, like those of an event loop. JMH makes them by this class's name. */
public final class LoopThreads extends ThreadPoolExecutor {
    /** Threads for one benchmark. */
    public LoopThreads(int threads, String prefix) {
        super(0, threads, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new DefaultThreadFactory(prefix, true));
    }
}
