package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Peer;
import io.asgi4j.benchmarks.peer.Program;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of a process to its first answer. */
record StartUp(Description description, boolean archive) implements Load.Cold {
    private static final double MIB = 1 << 20;

    static StartUp plain(String name, String title) {
        return new StartUp(new Description(name, title, Group.START, Figure.FIRST_ANSWER), false);
    }

    /** With an archive of the classes that the peer loads (class data sharing), written when another process ended. */
    static StartUp withArchive(String name, String title) {
        return new StartUp(new Description(name, title, Group.START, Figure.FIRST_ANSWER), true);
    }

    @Override
    public boolean suits(Peer peer) {
        return !archive || !(peer.program() instanceof Program.OfDistribution);
    }

    /** Brings what is read into memory, and writes the archive; the executable jar comes with one. */
    @Override
    public void prepare(Server.Host host, Peer peer) throws IOException, InterruptedException {
        if (archive && peer.program() instanceof Program.OnJvm) {
            host.start(peer, with("-XX:ArchiveClassesAtExit=" + archive(host, peer)))
                    .close();
        }
        measure(host, peer);
    }

    @Override
    public Sample measure(Server.Host host, Peer peer) throws IOException, InterruptedException {
        var options = archive ? with("-XX:SharedArchiveFile=" + archive(host, peer)) : Server.JVM_OPTIONS;
        var begin = System.nanoTime();
        try (var server = host.start(peer, options)) {
            var elapsed = System.nanoTime() - begin;
            return new Sample(
                    Map.of(Figure.FIRST_ANSWER, elapsed / 1e6, Figure.RESIDENT, server.residentBytes() / MIB));
        }
    }

    private static Path archive(Server.Host host, Peer peer) {
        var installation = host.installation();
        return peer.program() instanceof Program.ExecutableJar
                ? installation.packagedArchive()
                : installation.module().resolve("target/" + peer.name() + ".jsa");
    }

    private static List<String> with(String option) {
        var options = new ArrayList<>(Server.JVM_OPTIONS);
        options.add(option);
        return options;
    }
}
