package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.peer.Processes;
import java.util.List;

/** All loads. */
public final class Loads {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    private Loads() {}

    public static List<Load> all(Processes processes) {
        var wrk = new Wrk(processes);
        return List.of(
                new HttpLoad("hello-64", "hello, 64 connections", Work.HELLO, 64, 1, wrk),
                new HttpLoad("hello-1024", "hello, 1,024 connections", Work.HELLO, 1024, 1, wrk),
                new HttpLoad("hello-pipelined", "hello, 64 connections, 16 pipelined", Work.HELLO, 64, 16, wrk),
                new HttpLoad("json", "JSON, ten fields as of a browser, 64 connections", Work.JSON, 64, 1, wrk),
                new HttpLoad("echo-1k", "POST echo of 1 KiB, 64 connections", Work.echo(KIB), 64, 1, wrk),
                new HttpLoad("echo-1m", "POST echo of 1 MiB, 16 connections", Work.echo(MIB), 16, 1, wrk),
                new HttpLoad("stream", "64 chunks of 1 KiB, each flushed, 64 connections", Work.STREAM, 64, 1, wrk),
                new HttpLoad("file", "file of 1 MiB, 16 connections", Work.FILE, 16, 1, wrk),
                new HttpLoad("block", "hello after a wait of 5 ms, 256 connections", Work.BLOCK, 256, 1, wrk),
                WebSocketEcho.of("ws-32", "WebSocket echo of 32 B, 64 connections", 32, false),
                WebSocketEcho.of("ws-16k", "WebSocket echo of 16 KiB, 64 connections", 16 * KIB, false),
                WebSocketEcho.of("ws-32-deflate", "WebSocket echo of 32 B, compressed, 64 connections", 32, true),
                WebSocketEcho.of(
                        "ws-16k-deflate", "WebSocket echo of 16 KiB, compressed, 64 connections", 16 * KIB, true),
                Broadcast.of("broadcast", "message of 32 B to 1,000 WebSockets", 1000, 32));
    }
}
