package io.asgi4j.benchmarks.micro;

import io.asgi4j.server.netty.access.AccessLog;
import io.asgi4j.server.netty.exchange.ExchangeContext;
import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.exchange.HttpStream;
import io.asgi4j.server.netty.exchange.Mailbox;
import io.asgi4j.server.netty.exchange.ResponseHead;
import io.asgi4j.server.netty.loop.EventLoops;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.server.netty.options.TransportMode;
import io.asgi4j.server.netty.runner.ApplicationRunner;
import io.asgi4j.server.netty.runner.Capacity;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Signal;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From an event loop to an application on its virtual thread and back, without a network: an exchange is made, its thread
 * starts, sends two events and ends, and the loop takes them.
 */
public abstract class HandOffBenchmark {
    /** Requests that one turn of a busy loop brings. */
    private static final int REQUESTS = 64;

    private static final Headers HEADERS = Headers.of("content-type", "text/plain", "content-length", "13");
    private static final HttpScope SCOPE = HttpScope.builder().build();

    private final Semaphore answered = new Semaphore(0);
    private final HttpStream stream = new Counted(answered);
    private final EventLoops loops;
    private final EventLoop loop;
    private final ApplicationRunner runner;
    private final ExchangeContext context;

    /** The application runs on the carrier of its loop. */
    @State(Scope.Benchmark)
    public static class Loop extends HandOffBenchmark {
        /** Starts a loop. */
        public Loop() {
            super(SchedulerMode.LOOP);
        }
    }

    /** The application runs on the JVM's pool. */
    @State(Scope.Benchmark)
    public static class Shared extends HandOffBenchmark {
        /** Starts a loop. */
        public Shared() {
            super(SchedulerMode.SHARED);
        }
    }

    HandOffBenchmark(SchedulerMode scheduler) {
        loops = EventLoops.open(scheduler, TransportMode.AUTO, 1);
        loop = loops.group().next();
        runner = new ApplicationRunner(
                (scope, receive, send) -> {
                    send.send(new HttpResponseStart(200, HEADERS));
                    send.send(HttpResponseBody.last("Hello, world!"));
                },
                loops,
                loop,
                new Capacity(Integer.MAX_VALUE));
        var options = Options.defaults().with(ServerOptions.ACCESS_LOG, false);
        context = new ExchangeContext(
                new Mailbox(loop, loops.confinement(loop)),
                () -> loops.confinement(loop),
                Signal.never(),
                Runnable::run,
                AccessLog.of(options),
                options.get(ServerOptions.READ_AHEAD),
                options.get(ServerOptions.WS_QUEUE),
                options.get(ServerOptions.WRITE_BUFFER));
    }

    /** Stops the loop. */
    @TearDown
    public void stop() {
        loops.close();
    }

    @Benchmark
    @OperationsPerInvocation(REQUESTS)
    public void aRequestIsHandedOnAndAnswered() throws InterruptedException {
        loop.execute(() -> {
            for (var i = 0; i < REQUESTS; i++) {
                var exchange = new HttpExchange(context, stream, connection -> SCOPE, false);
                exchange.bodyEnd(null);
                runner.reserve();
                runner.run(exchange);
            }
        });
        answered.acquire(REQUESTS);
    }

    /** A driver that counts the ends of responses. */
    private record Counted(Semaphore answered) implements HttpStream {
        @Override
        public void readBody() {}

        @Override
        public void informational(int status, Headers headers) {}

        @Override
        public void head(ResponseHead head) {}

        @Override
        public void body(ByteBuffer bytes, boolean last) {
            if (last) {
                answered.release();
            }
        }

        @Override
        public void file(FileRange range, boolean last) {}

        @Override
        public void trailers(Headers headers) {}

        @Override
        public void abort() {
            throw new AssertionError("the application answers each request");
        }

        @Override
        public void drop() {
            throw new AssertionError("no client goes away");
        }

        @Override
        public void flush() {}
    }
}
