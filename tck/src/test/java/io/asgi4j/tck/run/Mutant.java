package io.asgi4j.tck.run;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.Middleware;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.launch.InProcessLauncher;
import io.asgi4j.tck.netty.NettyProvider;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers that are good, apart from one thing. */
final class Mutant {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Mutant() {}

    static InProcessLauncher none() {
        return of(application -> application);
    }

    /** Answers by 205 where the application answers by 204. */
    static InProcessLauncher wrongStatus() {
        return of(application -> (scope, receive, send) -> application.handle(
                scope,
                receive,
                event -> send.send(
                        event instanceof HttpResponseStart start && start.status() == 204
                                ? new HttpResponseStart(205)
                                : event)));
    }

    /** Fails the first call of a scenario, and no other. */
    static InProcessLauncher wrongOnce() {
        var calls = new AtomicInteger();
        return of(application -> (scope, receive, send) -> {
            if (scope instanceof HttpScope http && http.path().startsWith("/t/") && calls.getAndIncrement() == 0) {
                throw new IllegalStateException("the first call fails");
            }
            application.handle(scope, receive, send);
        });
    }

    static InProcessLauncher of(Middleware middleware) {
        return new InProcessLauncher(new Provider(middleware), LIMIT);
    }

    private record Provider(Middleware middleware) implements ServerProvider {
        @Override
        public Set<StartOption> startOptions() {
            return Set.of();
        }

        @Override
        public ServerUnderTest start(Application application, StartOptions options) throws Exception {
            return new NettyProvider().start(middleware.wrap(application), options);
        }
    }
}
