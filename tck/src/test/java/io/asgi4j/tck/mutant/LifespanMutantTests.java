package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdown;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartup;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.State;
import io.asgi4j.spec.extension.PathSend;
import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Servers that start and end the application in a wrong way. */
final class LifespanMutantTests extends MutantTests {
    // the call

    @Test
    @Breaks("lifespan.scope")
    void aServerThatCallsForTheLifespanTwiceIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            var events = new ArrayDeque<InboundEvent>();
            events.add(new LifespanStartup());
            application.handle(scope, () -> events.isEmpty() ? new LifespanShutdown() : events.remove(), event -> {});
            application.handle(scope, receive, send);
        }));
    }

    @Test
    @Breaks("core.version.lifespan")
    void aServerThatAnnouncesTheVersionOfHttpForTheLifespanIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> application.handle(
                new LifespanScope(AsgiVersion.HTTP, scope.state(), scope.extensions()), receive, send)));
    }

    @Test
    @Breaks("extension.where-valid")
    void aServerThatOffersExtensionsOfHttpToTheLifespanIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> application.handle(
                new LifespanScope(
                        scope.asgi(), scope.state(), scope.extensions().with(new PathSend())),
                receive,
                send)));
    }

    @Test
    @Breaks("lifespan.off")
    void aServerThatCannotDoWithoutLifespanIsCaught() throws Exception {
        kill(starting(options -> lifespan(options).equals("off") ? without(options, StartOption.LIFESPAN) : options));
    }

    // start-up

    @Test
    @Breaks("lifespan.startup.first")
    void aServerThatBeginsWithTheShutdownIsCaught() throws Exception {
        kill(receiving((number, receive) -> number == 1 ? LifespanShutdown::new : receive));
    }

    @Test
    @Breaks("lifespan.startup.before-connections")
    void aServerThatServesBeforeTheStartupIsCompleteIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> application.handle(
                scope,
                () -> {
                    var event = receive.receive();
                    if (event instanceof LifespanStartup) {
                        complete(send);
                    }
                    return event;
                },
                event -> {
                    if (!(event instanceof LifespanStartupComplete)) {
                        send.send(event);
                    }
                })));
    }

    @Test
    @Breaks("lifespan.startup.socket-closed")
    void aServerThatListensDuringTheStartupIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> {
            var early = new CompletableFuture<ServerSocket>();
            Application flawed = (scope, receive, send) -> application.handle(
                    scope,
                    receive,
                    !(scope instanceof LifespanScope)
                            ? send
                            : event -> {
                                early.join().close();
                                send.send(event);
                            });
            return server.start(listening(flawed, options, early), options);
        }));
    }

    @Test
    @Breaks("lifespan.startup.socket-closed")
    void aServerThatLetsEarlyClientsWaitForTheirAnswerIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> {
            var listener = new CompletableFuture<ServerSocket>();
            var addresses = new Addresses();
            var started = server.start(
                    listening(addresses.wrap(application), options, listener), options.with(StartOption.PORT, 0));
            var proxy = Proxy.openFor(listener.join(), started.baseUri().getPort(), addresses);
            return new Proxied(started, proxy, proxy::stopAccepting);
        }));
    }

    /**
     * Begins to listen while the application starts: a little after it learned of that, so that its trace always holds the event
     * before a client's first connection.
     */
    private static Application listening(
            Application application, StartOptions options, CompletableFuture<ServerSocket> listener) {
        var port = options.count(StartOption.PORT).orElse(0);
        var soon = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
        return (scope, receive, send) -> application.handle(
                scope,
                () -> {
                    var event = receive.receive();
                    if (event instanceof LifespanStartup) {
                        listener.completeAsync(() -> listenOn(port), soon);
                    }
                    return event;
                },
                send);
    }

    private static ServerSocket listenOn(int port) {
        try {
            return Proxy.listenOn(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Breaks(
            value = "lifespan.startup.unsupported",
            shows = "LifespanTck.anApplicationThatRaisesAtOnceIsServedWithoutLifespan")
    void aServerThatDoesNotStartWithoutLifespanIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            try {
                application.handle(scope, receive, send);
            } catch (Exception e) {
                send.send(new LifespanStartupFailed("the application does not support lifespan"));
                throw e;
            }
        }));
    }

    @Test
    @Breaks("lifespan.startup.unsupported-by-return")
    void aServerThatInsistsOnAnAnswerToTheStartupIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            var isAnswered = new AtomicBoolean();
            application.handle(scope, receive, event -> {
                isAnswered.set(true);
                send.send(event);
            });
            if (!isAnswered.get()) {
                send.send(new LifespanStartupFailed("the application returned"));
            }
        }));
    }

    @Test
    @Breaks("lifespan.startup.required")
    void aServerThatStartsWithoutTheLifespanThatItsOperatorRequiresIsCaught() throws Exception {
        kill(starting(options -> lifespan(options).equals("on") ? without(options, StartOption.LIFESPAN) : options));
    }

    @Test
    @Breaks("lifespan.startup.failed")
    void aServerThatServesThoughTheStartupFailedIsCaught() throws Exception {
        kill(sending(event -> event instanceof LifespanStartupFailed ? new LifespanStartupComplete() : event));
    }

    // while it serves

    @Test
    @Breaks(
            value = "lifespan.receive-blocks",
            also = {"lifespan.shutdown.after-connections", "shutdown.exchanges-finish"})
    void aServerThatDeliversTheShutdownWithTheStartupIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            var early = new EarlyShutdown(receive, send);
            application.handle(scope, early::receive, early::send);
        }));
    }

    @Test
    @Breaks("lifespan.ended-early")
    void aServerThatServesNobodyAfterItsLifespanIsCaught() throws Exception {
        kill(Mutant.ofApplication(application -> {
            var hasEnded = new AtomicBoolean();
            return (scope, receive, send) -> {
                if (hasEnded.get()) {
                    send.send(new HttpResponseStart(503));
                    send.send(HttpResponseBody.end());
                    return;
                }
                try {
                    application.handle(scope, receive, send);
                } finally {
                    hasEnded.compareAndSet(false, scope instanceof LifespanScope);
                }
            };
        }));
    }

    @Test
    @Breaks("lifespan.ended-early-logged")
    void aServerThatDoesNotTellWhyTheLifespanEndedIsCaught() throws Exception {
        kill(Mutant.silent());
    }

    // shutdown

    @Test
    @Breaks("lifespan.shutdown.after-failed-start")
    void aServerThatShutsAnApplicationDownThatNeverStartedIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            var hasReceived = new AtomicBoolean();
            try {
                application.handle(
                        scope,
                        () -> {
                            hasReceived.set(true);
                            return receive.receive();
                        },
                        send);
            } catch (Exception e) {
                if (hasReceived.get()) {
                    application.handle(scope, LifespanShutdown::new, event -> {});
                }
                throw e;
            }
        }));
    }

    @Test
    @Breaks("lifespan.shutdown.awaited")
    void aServerThatEndsWithoutTheShutdownIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> {
            application.handle(
                    scope,
                    () -> {
                        var event = receive.receive();
                        if (event instanceof LifespanShutdown) {
                            throw new InterruptedException("the server ends");
                        }
                        return event;
                    },
                    send);
        }));
    }

    @Test
    @Breaks("lifespan.shutdown.failed")
    void aServerThatKeepsAFailedShutdownToItselfIsCaught() throws Exception {
        kill(Mutant.silent());
    }

    @Test
    @Breaks("lifespan.shutdown.repeated")
    void aServerThatDeliversTheShutdownOnlyOnceIsCaught() throws Exception {
        kill(receiving((number, receive) -> number <= 2
                ? receive
                : () -> {
                    throw new IllegalStateException("the shutdown was delivered");
                }));
    }

    @Test
    @Breaks({"lifespan.shutdown.after-connections"})
    void aServerThatShutsTheApplicationDownUnderItsRequestsIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> {
            var closing = new CountDownLatch(1);
            Application flawed = (scope, receive, send) -> {
                if (!(scope instanceof LifespanScope)) {
                    application.handle(scope, receive, send);
                    return;
                }
                var early = new EarlyShutdown(receive, send);
                application.handle(
                        scope,
                        () -> {
                            if (early.hasStarted()) {
                                closing.await();
                            }
                            return early.receive();
                        },
                        early::send);
            };
            return new Closing(server.start(flawed, options), closing::countDown);
        }));
    }

    @Test
    @Breaks(
            value = "shutdown.exchanges-finish",
            also = {"shutdown.connections-close", "lifespan.shutdown.after-connections"})
    void aServerThatCutsRequestsOffAtOnceIsCaught() throws Exception {
        kill(behindProxy(wire -> Rewrite.NONE, proxy -> proxy::close));
    }

    @Test
    @Breaks("shutdown.bounded")
    void aServerThatWaitsForEachRequestIsCaught() throws Exception {
        kill(starting(options -> options.duration(StartOption.GRACE_PERIOD).isPresent()
                ? options.with(StartOption.GRACE_PERIOD, Duration.ofSeconds(4))
                : options));
    }

    @Test
    @Breaks("shutdown.connections-close")
    void aServerThatDoesNotAnnounceThatItClosesIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.without(head, "connection")));
    }

    @Test
    @Breaks("shutdown.stops-accepting")
    void aServerThatAcceptsUntilItHasStoppedIsCaught() throws Exception {
        kill(behindProxy(
                wire -> new Rewrite() {
                    @Override
                    public boolean ends() {
                        return wire.isUsed();
                    }
                },
                proxy -> proxy::hold));
    }

    // state

    @Test
    @Breaks("state.untouched")
    void aServerThatEmptiesTheStateBeforeTheShutdownIsCaught() throws Exception {
        kill(Mutant.ofLifespan(application -> (scope, receive, send) -> application.handle(
                scope,
                () -> {
                    var event = receive.receive();
                    if (event instanceof LifespanShutdown) {
                        clear(scope.state());
                    }
                    return event;
                },
                send)));
    }

    // what the mutants above are made of

    private static Mutant starting(UnaryOperator<StartOptions> flaw) {
        return Mutant.ofStart((server, application, options) -> server.start(application, flaw.apply(options)));
    }

    /** A proxy that does something when its server begins to close. */
    private static Mutant behindProxy(Function<Wire, Rewrite> responses, Function<Proxy, Runnable> atClose) {
        return Mutant.ofStart((server, application, options) -> {
            var addresses = new Addresses();
            var started = server.start(addresses.wrap(application), options);
            var proxy = Proxy.open(started.baseUri().getPort(), addresses, wire -> Rewrite.NONE, responses);
            return new Proxied(started, proxy, atClose.apply(proxy));
        });
    }

    private static Mutant sending(UnaryOperator<OutboundEvent> flaw) {
        return Mutant.ofLifespan(application ->
                (scope, receive, send) -> application.handle(scope, receive, event -> send.send(flaw.apply(event))));
    }

    /** The number of a call of {@code receive}, from 1, decides where its event comes from. */
    private static Mutant receiving(BiFunction<Integer, Receive, Receive> flaw) {
        return Mutant.ofLifespan(application -> (scope, receive, send) -> {
            var number = new int[1];
            application.handle(scope, () -> flaw.apply(++number[0], receive).receive(), send);
        });
    }

    private static String lifespan(StartOptions options) {
        return options.text(StartOption.LIFESPAN).orElse("");
    }

    private static StartOptions without(StartOptions options, StartOption option) {
        var values = new HashMap<>(options.values());
        values.remove(option);
        return new StartOptions(values);
    }

    private static void complete(Send send) throws InterruptedException {
        try {
            send.send(new LifespanStartupComplete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void clear(State state) {
        state.asMap().keySet().forEach(state::remove);
    }

    /** Delivers the shutdown before it comes, and keeps the answer back until it has come. Only the lifespan call uses it. */
    private static final class EarlyShutdown {
        private final Receive receive;
        private final Send send;
        private boolean hasStarted;

        EarlyShutdown(Receive receive, Send send) {
            this.receive = receive;
            this.send = send;
        }

        boolean hasStarted() {
            return hasStarted;
        }

        InboundEvent receive() throws InterruptedException {
            if (hasStarted) {
                return new LifespanShutdown();
            }
            hasStarted = true;
            return receive.receive();
        }

        void send(OutboundEvent event) throws IOException, InterruptedException {
            if (event instanceof LifespanShutdownComplete) {
                receive.receive();
            }
            send.send(event);
        }
    }

    /** A server that does something before it closes. */
    private record Closing(ServerUnderTest server, Runnable before) implements ServerUnderTest {
        @Override
        public URI baseUri() {
            return server.baseUri();
        }

        @Override
        public ServerInfo info() {
            return server.info();
        }

        @Override
        public Set<Feature> features() {
            return server.features();
        }

        @Override
        public void close() throws Exception {
            before.run();
            server.close();
        }
    }
}
