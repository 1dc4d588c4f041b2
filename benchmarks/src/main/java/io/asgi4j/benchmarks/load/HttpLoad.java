package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.Duration;

/** The same request on many keep-alive connections, as fast as the answers come. */
record HttpLoad(Description description, Work work, int connections, int pipelined, Wrk wrk) implements Load.Steady {
    @Override
    public boolean suits(Peer peer) {
        return peer.has(Feature.HTTP) && peer.has(work.needs());
    }

    @Override
    public String check(Server server) throws IOException {
        work.check(server);
        return "";
    }

    @Override
    public Sample measure(Server server, Duration duration) throws IOException, InterruptedException {
        var answer = work.check(server);
        var meter = Meter.start(server);
        var totals = wrk.run(server, work.request().encoded(server), connections, pipelined, duration);
        var sample = meter.stop(totals.requests(), totals.seconds());
        requireAllAnswered(totals, answer);
        if (pipelined > 1) {
            // wrk takes the time of all that is pipelined, and corrects it as if it were one request's
            return sample;
        }
        return sample.with(Figure.P50, totals.millis("p50"))
                .with(Figure.P99, totals.millis("p99"))
                .with(Figure.P999, totals.millis("p99.9"));
    }

    /** The bytes have to be those of the answers, and of answers that were on their way at the end. */
    private void requireAllAnswered(Wrk.Totals totals, Answer answer) throws WrongAnswerException {
        if (totals.errors() > 0 || totals.requests() == 0) {
            throw new WrongAnswerException("wrk counted errors: " + totals);
        }
        var underway = (long) connections * pipelined;
        var least = totals.requests() * answer.leastWireLength();
        var most = (totals.requests() + underway) * answer.mostWireLength();
        if (totals.bytes() < least || totals.bytes() > most) {
            throw new WrongAnswerException("%d answers of %d bytes each should not be %d bytes"
                    .formatted(totals.requests(), answer.wire().length(), totals.bytes()));
        }
    }
}
