package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;

/** Hello once more by h2load, so that no result hangs on wrk alone. */
record SecondGenerator(Description description, int connections, H2load h2load) implements Load.Steady {
    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.HTTP);
    }

    @Override
    public String check(Server server) throws IOException {
        Work.HELLO.check(server);
        return "";
    }

    @Override
    public Sample measure(Server server, Duration duration) throws IOException, InterruptedException {
        var length = Work.HELLO.body().length();
        var meter = Meter.start(server);
        var totals = h2load.run(server, Work.HELLO.request().path(), connections, duration);
        var sample = meter.stop(totals.succeeded(), totals.seconds());
        var underway = totals.data() - totals.succeeded() * length;
        if (totals.failed() > 0 || underway < 0 || underway > (long) connections * length) {
            throw new WrongAnswerException("h2load counted errors: " + totals);
        }
        return sample;
    }
}
