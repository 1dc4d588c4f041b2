package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.MissingException;
import io.asgi4j.benchmarks.peer.OpenFiles;
import io.asgi4j.benchmarks.peer.Processes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All loads. */
public final class Loads {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int IDLE = 20_000;

    private Loads() {}

    /** All loads, in the order in which they are measured. */
    public static List<Load> all(Processes processes) throws IOException {
        var loads = new ArrayList<Load>(http(new Wrk(processes)));
        loads.add(new SecondGenerator(
                Description.throughput("hello-h2load", "hello, 64 connections, by h2load", Group.HTTP),
                64,
                new H2load(processes)));
        loads.addAll(webSocket());
        loads.add(new Paced(new Wrk(processes)));
        for (var connections : new int[] {64, 256, 1024, 4096, 10_000}) {
            loads.add(ManyConnections.of(connections));
        }
        for (var requests = 10; requests <= 1_000_000; requests *= 10) {
            loads.add(LongConnections.of(requests));
        }
        loads.addAll(cold());
        return List.copyOf(loads);
    }

    /** The load of this name. */
    public static Load get(List<Load> all, String name) {
        return all.stream()
                .filter(load -> load.description().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MissingException("There is no load %s, only %s"
                        .formatted(
                                name,
                                all.stream()
                                        .map(load -> load.description().name())
                                        .toList())));
    }

    private static List<Load> http(Wrk wrk) {
        return List.of(
                http("hello-64", "hello, 64 connections", Work.HELLO, 64, 1, wrk),
                http("hello-1024", "hello, 1,024 connections", Work.HELLO, 1024, 1, wrk),
                http("hello-pipelined", "hello, 64 connections, 16 pipelined", Work.HELLO, 64, 16, wrk),
                http("json", "JSON, ten fields as of a browser, 64 connections", Work.JSON, 64, 1, wrk),
                http("echo-1k", "POST echo of 1 KiB, 64 connections", Work.echo(KIB), 64, 1, wrk),
                http("echo-1m", "POST echo of 1 MiB, 16 connections", Work.echo(MIB), 16, 1, wrk),
                http("stream", "64 chunks of 1 KiB, each sent by itself, 64 connections", Work.STREAM, 64, 1, wrk),
                http("file", "file of 1 MiB, 16 connections", Work.FILE, 16, 1, wrk),
                http(
                        "block",
                        "hello after a wait of 5 ms, 256 connections (51,200/s at best)",
                        Work.BLOCK,
                        256,
                        1,
                        wrk));
    }

    private static List<Load> webSocket() {
        return List.of(
                WebSocketEcho.of("ws-32", "echo of 32 B, 64 WebSockets", 32, false),
                WebSocketEcho.of("ws-16k", "echo of 16 KiB, 64 WebSockets", 16 * KIB, false),
                WebSocketEcho.of("ws-32-deflate", "echo of 32 B, compressed, 64 WebSockets", 32, true),
                WebSocketEcho.of("ws-16k-deflate", "echo of 16 KiB, compressed, 64 WebSockets", 16 * KIB, true),
                Broadcast.of("broadcast", "message of 32 B to 1,000 WebSockets", 1000, 32));
    }

    private static List<Load> cold() throws IOException {
        var idle = OpenFiles.connections(IDLE);
        return List.of(
                IdleWebSockets.of("idle", "%,d idle WebSockets".formatted(idle), idle, false),
                IdleWebSockets.of("idle-deflate", "%,d idle WebSockets that compress".formatted(idle), idle, true),
                StartUp.plain("start", "start to first answer"),
                StartUp.withArchive("start-archive", "start to first answer with an archive of classes"));
    }

    private static Load http(String name, String title, Work work, int connections, int pipelined, Wrk wrk) {
        return new HttpLoad(Description.throughput(name, title, Group.HTTP), work, connections, pipelined, wrk);
    }
}
