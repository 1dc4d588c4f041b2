package io.asgi4j.server.netty.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loops on platform threads of their own; applications on the JVM's default scheduler. */
final class SharedLoops implements EventLoops {
    private static final Logger LOGGER = LoggerFactory.getLogger(SharedLoops.class);

    private final Transport transport;
    private final int count;
    private final EventLoopGroup group;
    private final Map<EventExecutor, TurnWakes> wakes;

    SharedLoops(Transport transport, int count) {
        this.transport = transport;
        this.count = count;
        group = new MultiThreadIoEventLoopGroup(count, numberedThreads(), transport.handlers());
        wakes = StreamSupport.stream(group.spliterator(), false)
                .collect(Collectors.toUnmodifiableMap(loop -> loop, TurnWakes::new));
    }

    /** What {@code auto} takes when there can be no carriers, for a reason which it logs. */
    static SharedLoops insteadOfCarriers(Transport transport, int count, String reason) {
        LOGGER.info("Applications share the default scheduler, at about half the rate, since this JVM {}.", reason);
        return new SharedLoops(transport, count);
    }

    @Override
    public EventLoopGroup group() {
        return group;
    }

    @Override
    public Transport transport() {
        return transport;
    }

    @Override
    public Thread startApplication(EventLoop loop, String name, Runnable application) {
        var thread = Thread.ofVirtual().name(name).unstarted(application);
        wakesOf(loop).start(thread);
        return thread;
    }

    @Override
    public Confinement confinement(EventLoop loop) {
        return new Lock(wakesOf(loop));
    }

    private TurnWakes wakesOf(EventLoop loop) {
        return Objects.requireNonNull(wakes.get(loop), "a loop of this group");
    }

    @Override
    public String description() {
        return transport.describe(count) + ", applications on the default scheduler";
    }

    @Override
    public void close() {
        Termination.await(group);
    }

    private static ThreadFactory numberedThreads() {
        var next = new AtomicInteger();
        return task -> new FastThreadLocalThread(task, "asgi4j-loop-" + next.getAndIncrement());
    }
}
