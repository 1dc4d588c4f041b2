package io.asgi4j.server.netty.loop;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** A confinement that any thread may enter when its turn comes. */
final class Lock implements Confinement {
    private final ReentrantLock lock = new ReentrantLock();
    private final TurnWakes wakes;

    Lock(TurnWakes wakes) {
        this.wakes = wakes;
    }

    @Override
    public boolean admits() {
        return true;
    }

    @Override
    public void enter() {
        lock.lock();
    }

    @Override
    public void exit() {
        lock.unlock();
    }

    @Override
    public boolean letOthersRun() {
        return false;
    }

    @Override
    public void unpark(Thread thread) {
        wakes.unpark(thread);
    }

    @Override
    public <T> T call(Call<T> call) throws IOException, InterruptedException {
        return call.call();
    }
}
