package io.asgi4j.benchmarks.round;

import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.load.Sample;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the peers in turns, A B C A B C, so that what disturbs the machine for a while disturbs all of them.
 *
 * <p>Each peer has one process, which lives through all loads that do not want a new one.
 */
public final class Rounds implements AutoCloseable {
    /** How much longer a new process is warmed up: nothing of it is compiled yet. */
    private static final int NEW_PROCESS = 3;

    private final Plan plan;
    private final Server.Host host;
    private final Consumer<String> progress;
    private final Map<Peer, Server> servers = new LinkedHashMap<>();

    public Rounds(Plan plan, Server.Host host, Consumer<String> progress) {
        this.plan = plan;
        this.host = host;
        this.progress = progress;
    }

    /** Learns what a load gave. */
    @FunctionalInterface
    public interface Listener {
        void finished(LoadResult result) throws IOException;
    }

    /** Puts every load on every peer that can bear it, and tells what each load gave as soon as it is known. */
    public void run(Listener listener) throws IOException, InterruptedException {
        for (var load : plan.loads()) {
            listener.finished(run(load));
        }
    }

    @Override
    public void close() {
        servers.values().forEach(Server::close);
    }

    private LoadResult run(Load load) throws InterruptedException {
        var name = load.description().name();
        var candidates = plan.peers().stream()
                .filter(load::suits)
                .map(peer -> new Candidate(load, peer))
                .toList();
        progress.accept(name + ", warm-up");
        for (var candidate : candidates) {
            candidate.attempt(candidate::prepare);
        }
        for (int round = 1; round <= plan.rounds(); round++) {
            progress.accept("%s, round %d of %d".formatted(name, round, plan.rounds()));
            for (var candidate : candidates) {
                candidate.attempt(candidate::measure);
            }
        }
        return new LoadResult(
                load.description(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                candidates.stream().map(Candidate::series).toList());
    }

    private Server server(Peer peer) throws IOException, InterruptedException {
        var server = servers.get(peer);
        if (server == null) {
            server = host.start(peer);
            servers.put(peer, server);
        }
        return server;
    }

    /** A peer under one load; after its first failure it is left in peace. */
    private final class Candidate {
        private final Load load;
        private final Peer peer;
        private final List<Sample> samples = new ArrayList<>();
        private String remark = "";
        private String failure = "";

        Candidate(Load load, Peer peer) {
            this.load = load;
            this.peer = peer;
        }

        void prepare() throws IOException, InterruptedException {
            switch (load) {
                case Load.Steady steady -> {
                    var warmUp = servers.containsKey(peer)
                            ? plan.warmUp()
                            : plan.warmUp().multipliedBy(NEW_PROCESS);
                    remark = steady.check(server(peer));
                    steady.measure(server(peer), warmUp);
                }
                case Load.Cold cold -> cold.prepare(host, peer);
            }
        }

        void measure() throws IOException, InterruptedException {
            samples.add(
                    switch (load) {
                        case Load.Steady steady -> steady.measure(server(peer), plan.measurement());
                        case Load.Cold cold -> cold.measure(host, peer);
                    });
        }

        void attempt(Attempt attempt) throws InterruptedException {
            if (!failure.isEmpty()) {
                return;
            }
            try {
                attempt.run();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
                progress.accept("FAILED: %s under %s: %s"
                        .formatted(peer, load.description().name(), failure));
            }
        }

        Series series() {
            return new Series(peer.name(), remark, samples, failure);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }
}
