package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.CpuTime;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the processors did between two moments. */
final class Meter {
    private static final double MIB = 1 << 20;

    private final Server server;
    private final long begin = System.nanoTime();
    private final Duration serverBegin;
    private final Duration generatorBegin;
    private final Duration processorBegin;

    private Meter(Server server) throws IOException {
        this.server = server;
        this.serverBegin = server.cpuTime();
        this.generatorBegin = CpuTime.ofThisProcessAndItsChildren();
        this.processorBegin = server.processorTime();
    }

    static Meter start(Server server) throws IOException {
        return new Meter(server);
    }

    /** Ends the measurement, in which so many requests were answered. */
    Sample stop(long requests) throws IOException {
        var elapsed = System.nanoTime() - begin;
        return stop(requests, elapsed / 1e9);
    }

    /** Ends the measurement, in which so many requests were answered in the seconds that the generator says. */
    Sample stop(long requests, double seconds) throws IOException {
        var elapsed = System.nanoTime() - begin;
        var server = nanos(this.server.cpuTime().minus(serverBegin));
        var processor = nanos(this.server.processorTime().minus(processorBegin));
        var generator = nanos(CpuTime.ofThisProcessAndItsChildren().minus(generatorBegin));
        return new Sample(Map.of(
                Figure.THROUGHPUT,
                requests / seconds,
                Figure.CPU,
                server / 1e3 / requests,
                Figure.RESIDENT,
                this.server.residentBytes() / MIB,
                Figure.SERVER_BUSY,
                server / elapsed,
                Figure.GENERATOR_BUSY,
                generator / elapsed,
                Figure.OTHERS_BUSY,
                Math.max(0, processor - server) / elapsed));
    }

    private static double nanos(Duration duration) {
        return duration.toNanos();
    }
}
