package io.asgi4j.server.netty.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;

/** Loops that share their carriers with the applications of their connections. */
final class CarrierLoops implements EventLoops {
    private final Transport transport;
    private final int count;
    private final CarrierGroup group;
    private final Watchdog watchdog;

    CarrierLoops(Transport transport, int count) {
        this.transport = transport;
        this.count = count;
        group = new CarrierGroup(count, transport.handlers());
        watchdog = new Watchdog(group.carriers(), Watchdog.LIMIT);
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
        var thread = VirtualThreads.unstarted(carrierOf(loop), name, application);
        thread.start();
        return thread;
    }

    @Override
    public Confinement confinement(EventLoop loop) {
        return carrierOf(loop);
    }

    @Override
    public String description() {
        return transport.describe(count) + ", applications on their loop's carrier";
    }

    @Override
    public void close() {
        Termination.await(group);
        watchdog.close();
    }

    private static Carrier carrierOf(EventLoop loop) {
        return ((CarrierEventLoop) loop).carrier();
    }
}
