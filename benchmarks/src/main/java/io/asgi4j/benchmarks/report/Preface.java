package io.asgi4j.benchmarks.report;

import java.util.List;

/** What a reader has to know before the figures. */
final class Preface {
    private static final String HEAD = """
        # How fast asgi4j is beside its peers

        This file is written by `java -jar benchmarks/target/asgi4j-benchmarks.jar`, all of it; the raw figures are in
        [results.json](results/results.json). How each server is set up is told in [PEERS.md](PEERS.md).

        Each server runs in one process on one processor; who asks it has another one. After a warm-up under each load the
        servers are measured in turns, A B C A B C, so that what disturbs the machine for a while disturbs all. What stands as
        a ratio is divided by what bare Netty did **in the same round**: the median of the rounds, and in brackets the smallest and the
        largest of them. Everything else is the median.

        * *bare Netty* is written by hand for each kind of work, on the event loop, with answers made beforehand where possible. It
          is the limit, not a way to write applications.
        * *CPU µs/request* is the processor time of the server's process, in all its threads, user and kernel, divided by the
          requests. Where throughput is limited by something else, such as waiting or the generator, this is the figure to look at.
        * *server busy* and *generator busy* say how much of their processors the two used. A server that is not busy was not at
          its limit.
        * Before a load is measured, status, fields and every byte of the answer are compared with what is expected. wrk then counts errors, and
          the bytes that it received have to be those of the answers; our own client compares each answer byte for byte.
        """;

    private static final String LIMITS = """

        ## What the figures do not tell

        * How a server scales over processors: each has one, and one event loop, selector or carrier.
        * What a network costs: everything goes over the loopback interface, whose cost is in every figure, and the same in all.
        * Latency as users see it, except under *Latency at a fixed rate*: elsewhere a connection asks anew only when it has its
          answer, so percentiles tell how long the queue of the generator's own connections was. wrk also adds to them what it
          would have asked during a long wait, which makes its p99 and p99.9 larger than any client saw.
        * How much memory a server needs: the JVMs have a heap of fixed size and use all of it before they collect. *Idle
          WebSockets* counts what is really held.
        * What remains of a difference under an application that does something: these do nothing.
        * Anything where two ranges overlap: the machine is virtual and shares its hardware with others.
        """;

    private Preface() {}

    static String of(Results results) {
        return HEAD + "\n## Machine and options\n\n" + machine(results) + "\n" + peers(results) + LIMITS;
    }

    private static Table machine(Results results) {
        var machine = results.machine();
        var setting = results.setting();
        return new Table(List.of("", ""))
                .row(List.of("processor", machine.processors() + " × " + machine.processor()))
                .row(List.of("memory", machine.memoryGib() + " GiB"))
                .row(List.of("system", machine.system() + ", Linux " + machine.kernel()))
                .row(List.of("JVM", machine.jvm()))
                .row(List.of("options of each JVM", "`" + String.join(" ", setting.jvmOptions()) + "`"))
                .row(List.of("wrk", machine.wrk()))
                .row(List.of(
                        "rounds",
                        setting.rounds() + " of " + setting.seconds() + " s after " + setting.warmUpSeconds() + " s"))
                .row(List.of(
                        "pinned to",
                        "processor %d: servers; %d: generators"
                                .formatted(setting.serverProcessor(), setting.generatorProcessor())));
    }

    private static Table peers(Results results) {
        var table = new Table(List.of("peer", "", "version"));
        results.peers()
                .forEach(peer -> table.row(List.of(LoadTable.name(peer.name()), peer.description(), peer.version())));
        return table;
    }
}
