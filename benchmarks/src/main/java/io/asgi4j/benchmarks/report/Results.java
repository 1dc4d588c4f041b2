package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.load.Group;
import io.asgi4j.benchmarks.load.Load;
import io.asgi4j.benchmarks.micro.MicroBenchmarks;
import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Server;
import io.asgi4j.benchmarks.profile.Part;
import io.asgi4j.benchmarks.profile.Profile;
import io.asgi4j.benchmarks.round.LoadResult;
import io.asgi4j.benchmarks.round.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All that a run found, as it is kept in a file. */
public record Results(
        Machine machine,
        Setting setting,
        List<Contender> peers,
        List<LoadResult> loads,
        List<TimeByPart> profiles,
        List<MicroBenchmarks.Figure> micro) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Results {
        peers = List.copyOf(peers);
        loads = List.copyOf(loads);
        profiles = List.copyOf(profiles);
        micro = List.copyOf(micro);
    }

    /**
     * How it was measured.
     *
     * @param serverProcessor number of the processor that the servers had
     * @param generatorProcessor number of the processor that the generators had
     */
    public record Setting(
            int rounds,
            double warmUpSeconds,
            double seconds,
            int serverProcessor,
            int generatorProcessor,
            List<String> jvmOptions) {
        public Setting {
            jvmOptions = List.copyOf(jvmOptions);
        }
    }

    /** Processor time of one request under a load, in µs, by the part of the process that took it. */
    public record TimeByPart(String load, String peer, Map<Part, Double> micros) {
        public static TimeByPart of(Load load, Profile profile) {
            var micros = new EnumMap<Part, Double>(Part.class);
            for (var part : Part.values()) {
                micros.put(part, profile.micros(part));
            }
            return new TimeByPart(load.description().title(), profile.peer().name(), micros);
        }
    }

    /** A peer that was measured. */
    public record Contender(String name, String description, String version) {
        private static Contender of(Peer peer, Server.Host host) throws IOException, InterruptedException {
            var version = peer.program().version(host.installation(), host.processes());
            return new Contender(peer.name(), peer.description(), version);
        }
    }

    /** Nothing yet, but of what is to be measured and how. */
    public static Results none(Plan plan, Server.Host host) throws IOException, InterruptedException {
        var setting = new Setting(
                plan.rounds(),
                plan.warmUp().toMillis() / 1e3,
                plan.measurement().toMillis() / 1e3,
                host.processors().server(),
                host.processors().generator(),
                Server.JVM_OPTIONS);
        var contenders = new ArrayList<Contender>();
        for (var peer : plan.peers()) {
            contenders.add(Contender.of(peer, host));
        }
        return new Results(Machine.present(host.processes()), setting, contenders, List.of(), List.of(), List.of());
    }

    public static Results read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Results.class);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** These results with one more, in the place of an older one of the same load. */
    public Results with(LoadResult result) {
        var all = new ArrayList<>(loads);
        all.removeIf(old -> old.load().name().equals(result.load().name()));
        all.add(result);
        return new Results(machine, setting, peers, all, profiles, micro);
    }

    /** What the loads of a group gave. */
    List<LoadResult> of(Group group) {
        return loads.stream().filter(result -> result.load().group() == group).toList();
    }

    /** These results, which are of this machine and setting, and all that was found before. */
    public Results on(Results earlier) {
        var all = new ArrayList<>(peers);
        var names = peers.stream().map(Contender::name).toList();
        earlier.peers.stream().filter(peer -> !names.contains(peer.name())).forEach(all::add);
        var both = new Results(machine, setting, all, earlier.loads, earlier.profiles, earlier.micro);
        for (var load : loads) {
            both = both.with(load);
        }
        return both;
    }

    public Results withProfiles(List<TimeByPart> found) {
        return new Results(machine, setting, peers, loads, found, micro);
    }

    public Results withMicro(List<MicroBenchmarks.Figure> found) {
        return new Results(machine, setting, peers, loads, profiles, found);
    }
}
