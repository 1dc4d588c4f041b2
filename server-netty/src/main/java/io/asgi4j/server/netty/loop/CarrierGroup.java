package io.asgi4j.server.netty.loop;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Netty's group, which takes its loops in turn and stops them together, with loops that bring their own threads. */
final class CarrierGroup extends MultiThreadIoEventLoopGroup {
    /** For the super class, which wants one to start its own kind of loops with. */
    private static final Executor UNUSED = task -> {
        throw new AssertionError("a loop brings its own thread");
    };

    CarrierGroup(int loops, IoHandlerFactory handlers) {
        super(loops, UNUSED, handlers, new AtomicInteger());
    }

    /** Called by the super class's constructor, hence the counter among the arguments and not in a field. */
    @Override
    protected IoEventLoop newChild(Executor unused, IoHandlerFactory handlers, Object... counter) {
        return new CarrierEventLoop(this, handlers, ((AtomicInteger) counter[0]).getAndIncrement());
    }

    /** The carriers of its loops. */
    List<Carrier> carriers() {
        var carriers = new ArrayList<Carrier>();
        for (var loop : this) {
            carriers.add(((CarrierEventLoop) loop).carrier());
        }
        return carriers;
    }
}
