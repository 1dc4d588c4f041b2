package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.Middleware;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.tck.ServerProvider;
import io.asgi4j.tck.ServerUnderTest;
import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A server that is sound apart from one thing.
 *
 * <p>What it changes between server and application, or on the wire, it leaves alone for the kit's own requests.
 */
@FunctionalInterface
interface Mutant {
    /** The path under which the kit talks to its application. */
    String CONTROL = "/__tck__/";

    /** Makes one out of a sound server. */
    ServerProvider of(ServerProvider sound);

    /** Hands over another scope of HTTP. */
    static Mutant ofScope(UnaryOperator<HttpScope> flaw) {
        return ofCalls(application -> (scope, receive, send) ->
                application.handle(scope instanceof HttpScope http ? flaw.apply(http) : scope, receive, send));
    }

    /** Hands over another scope of WebSocket. */
    static Mutant ofWebSocketScope(UnaryOperator<WebSocketScope> flaw) {
        return ofCalls(application -> (scope, receive, send) ->
                application.handle(scope instanceof WebSocketScope socket ? flaw.apply(socket) : scope, receive, send));
    }

    /** Hands over other events. */
    static Mutant ofReceived(UnaryOperator<InboundEvent> flaw) {
        return ofReceive((scope, receive) -> () -> flaw.apply(receive.receive()));
    }

    /** Receives in another way; the function is called once for each call of the application. */
    static Mutant ofReceive(BiFunction<Scope, Receive, Receive> flaw) {
        return ofCalls(
                application -> (scope, receive, send) -> application.handle(scope, flaw.apply(scope, receive), send));
    }

    /** Takes other events over than the application sends. */
    static Mutant ofSent(UnaryOperator<OutboundEvent> flaw) {
        return ofSend((scope, send) -> event -> send.send(flaw.apply(event)));
    }

    /** Sends in another way; the function is called once for each call of the application. */
    static Mutant ofSend(BiFunction<Scope, Send, Send> flaw) {
        return ofCalls(
                application -> (scope, receive, send) -> application.handle(scope, receive, flaw.apply(scope, send)));
    }

    /** Takes other events over than the application sends, in view of those before. */
    static Mutant ofSent(BiFunction<Answer, OutboundEvent, OutboundEvent> flaw) {
        return ofAnswers((answer, event) -> answer.send(flaw.apply(answer, event)));
    }

    /** Takes events over in another way, in view of those before. */
    static Mutant ofAnswers(Taking flaw) {
        return ofSend((scope, send) -> {
            var answer = new Answer(scope, send);
            return event -> flaw.take(answer, event);
        });
    }

    /** Does something else than to throw for events that a sound server refuses. */
    static Mutant ofRefused(Refusing flaw) {
        return ofAnswers((answer, event) -> {
            try {
                answer.send(event);
            } catch (IllegalEventException refusal) {
                flaw.refuse(answer, event, refusal);
            }
        });
    }

    /** Does something when a call ends. Its failure goes to the server unless there is a complete response then. */
    static Mutant ofEnds(Ending flaw) {
        return ofCalls(application -> (scope, receive, send) -> {
            var answer = new Answer(scope, send);
            try {
                application.handle(scope, receive, answer);
                flaw.end(answer, null);
            } catch (Exception | Error failure) {
                flaw.end(answer, failure);
                if (!answer.isComplete()) {
                    throw failure;
                }
            }
        });
    }

    /** Writes fields to clients which a sound server keeps to itself or replaces, as the application gave them. */
    static Mutant passingOn(String... names) {
        var mark = "x-passed-on-";
        return ofSent(event -> event instanceof HttpResponseStart start
                        ? new HttpResponseStart(
                                start.status(), renamed(start.headers(), Set.of(names), mark), start.trailers())
                        : event instanceof HttpResponseTrailers trailers
                                ? new HttpResponseTrailers(
                                        renamed(trailers.headers(), Set.of(names), mark), trailers.moreTrailers())
                                : event)
                .and(ofResponses(wire -> new Rewrite() {
                    @Override
                    public String head(String head) {
                        return head.replace(mark, "");
                    }

                    @Override
                    public String body(String piece) {
                        return piece.replace(mark, "");
                    }
                }));
    }

    private static Headers renamed(Headers headers, Set<String> names, String mark) {
        var renamed = Headers.builder();
        headers.forEach(
                field -> renamed.add(names.contains(field.name()) ? mark + field.name() : field.name(), field.value()));
        return renamed.build();
    }

    /** Has another flaw too. */
    default Mutant and(Mutant other) {
        return sound -> other.of(of(sound));
    }

    /** Calls the application in another way for HTTP and WebSocket. */
    static Mutant ofCalls(Middleware flaw) {
        return ofApplication(flaw, scope -> !(scope instanceof LifespanScope) && !isControl(scope));
    }

    /** Calls the application in another way for its lifespan. */
    static Mutant ofLifespan(Middleware flaw) {
        return ofApplication(flaw, LifespanScope.class::isInstance);
    }

    /** Calls the application in another way for everything but the kit's own requests. */
    static Mutant ofApplication(Middleware flaw) {
        return ofApplication(flaw, scope -> !isControl(scope));
    }

    private static Mutant ofApplication(Middleware flaw, Predicate<Scope> isMutated) {
        return ofStart((server, application, options) -> {
            var mutated = flaw.wrap(application);
            return server.start(
                    (scope, receive, send) ->
                            (isMutated.test(scope) ? mutated : application).handle(scope, receive, send),
                    options);
        });
    }

    private static boolean isControl(Scope scope) {
        return scope instanceof HttpScope http && http.path().contains(CONTROL);
    }

    /** Reads other bytes than clients write; the function is called once for each connection. */
    static Mutant ofRequests(Function<Wire, Rewrite> flaw) {
        return ofWire(flaw, wire -> Rewrite.NONE);
    }

    /** Reads other heads of requests than clients write. */
    static Mutant ofRequestHeads(UnaryOperator<String> flaw) {
        return ofRequests(wire -> Rewrite.ofHeads(flaw));
    }

    /** Writes other bytes to clients; the function is called once for each connection. */
    static Mutant ofResponses(Function<Wire, Rewrite> flaw) {
        return ofWire(wire -> Rewrite.NONE, flaw);
    }

    /** Writes other heads of responses, interim ones among them. */
    static Mutant ofResponseHeads(UnaryOperator<String> flaw) {
        return ofResponses(wire -> Rewrite.ofHeads(flaw));
    }

    /** Reads and writes other bytes than clients write and read. */
    static Mutant ofWire(Function<Wire, Rewrite> requests, Function<Wire, Rewrite> responses) {
        return ofStart((server, application, options) -> {
            var addresses = new Addresses();
            var started = server.start(addresses.wrap(application), options);
            var proxy = Proxy.open(started.baseUri().getPort(), addresses, requests, responses);
            return new Proxied(started, proxy, proxy::stopAccepting);
        });
    }

    /** Tells its operator nothing. */
    static Mutant silent() {
        return sound -> new Wrapped(sound, ServerProvider::start, Optional.of(""));
    }

    /** Starts and stops in another way. */
    static Mutant ofStart(Start flaw) {
        return sound -> new Wrapped(sound, flaw, Optional.empty());
    }

    /** Waits for ever, which is until the server stops. */
    static <T> T hang(Scope scope) throws InterruptedException {
        var connection = switch (scope) {
            case HttpScope http -> http.connection();
            case WebSocketScope socket -> socket.connection();
            case LifespanScope lifespan -> Connection.detached();
            case ExtensionScope other -> Connection.detached();
        };
        connection.draining().await();
        throw new IllegalStateException("it hung until the server stopped");
    }

    /** A way to start a server by means of a sound one. */
    @FunctionalInterface
    interface Start {
        ServerUnderTest start(ServerProvider sound, Application application, StartOptions options) throws Exception;
    }

    /** A way to take an event over. */
    @FunctionalInterface
    interface Taking {
        void take(Answer answer, OutboundEvent event) throws IOException, InterruptedException;
    }

    /** What becomes of an event that a sound server refuses. */
    @FunctionalInterface
    interface Refusing {
        void refuse(Answer answer, OutboundEvent event, IllegalEventException refusal)
                throws IOException, InterruptedException;
    }

    /** What becomes of an exchange whose call has ended. */
    @FunctionalInterface
    interface Ending {
        void end(Answer answer, @Nullable Throwable failure) throws IOException, InterruptedException;
    }

    /**
     * A provider that starts servers by means of a sound one.
     *
     * @param log what its servers seem to have told their operator; the sound one knows only what all servers of this process have
     */
    record Wrapped(ServerProvider sound, Start flaw, Optional<String> log) implements ServerProvider {
        @Override
        public ServerUnderTest start(Application application, StartOptions options) throws Exception {
            return flaw.start(sound, application, options);
        }

        @Override
        public Set<StartOption> startOptions() {
            return sound.startOptions();
        }
    }
}
