package io.asgi4j.server.netty.exchange;

import io.asgi4j.server.netty.loop.Confinement;
import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.ExtensionOutboundEvent;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanShutdownFailed;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketSend;
import io.asgi4j.spec.extension.HttpResponseEarlyHint;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request and its response.
 *
 * <p>{@code send} and {@code receive} run on the application's threads: {@code turn} serialises the senders and guards the
 * response, {@code receiving} admits one receiver. The methods a driver calls run on the connection's event loop, which
 * takes neither of the two, so that an application that waits never holds up its loop.
 */
public final class HttpExchange implements Exchange {
    private final ExchangeContext context;
    private final HttpScope scope;
    private final HttpStream stream;
    private final Outbox outbox;
    private final Confinement confinement;
    private final Turn turn;

    private final Response response;
    private final AtomicBoolean receiving = new AtomicBoolean();
    private final RequestBody requestBody;
    private final Gate arrivals;
    private final BooleanSupplier hasArrived = this::hasArrived;
    private final ClientConnection connection;
    private volatile boolean resume;
    /** The response is complete, as far as the application is concerned. */
    private volatile boolean complete;
    /** The client left, and nobody was told yet. */
    private volatile boolean left;
    /** Nothing more comes from the client. */
    private volatile boolean inputClosed;
    /** Nothing more reaches the client. */
    private volatile boolean gone;

    /**
     * Creates an exchange, on the event loop.
     *
     * @param scope makes the scope for its connection
     * @param expectsContinue whether the client waits for 100 (Continue) before it sends the body
     */
    public HttpExchange(
            ExchangeContext context,
            HttpStream stream,
            Function<Connection, HttpScope> scope,
            boolean expectsContinue) {
        this.context = context;
        this.stream = stream;
        this.confinement = context.confinements().get();
        this.arrivals = new Gate(confinement);
        this.turn = new Turn(confinement);
        this.connection = new ClientConnection(context);
        this.scope = scope.apply(connection);
        this.outbox =
                new Outbox(context.mailbox(), confinement, context.writeBuffer(), this::afterDrain, stream::abort);
        this.response = new Response(stream, outbox, this.scope.method().equals("HEAD"), this::ended);
        this.requestBody = new RequestBody(confinement, context.readAhead(), expectsContinue);
    }

    @Override
    public HttpScope scope() {
        return scope;
    }

    // ---- the application's threads

    @Override
    public InboundEvent receive() throws InterruptedException {
        if (!receiving.compareAndSet(false, true)) {
            throw new IllegalStateException("receive is already waiting in another thread");
        }
        try {
            resumeBody();
            arrivals.await(hasArrived);
            var event = complete ? null : requestBody.take();
            resumeBody();
            return event != null ? event : new HttpDisconnect();
        } finally {
            receiving.set(false);
        }
    }

    private boolean hasArrived() {
        return inputClosed || complete || requestBody.isReady();
    }

    private void resumeBody() {
        if (!complete && requestBody.resume()) {
            resume = true;
            outbox.wake();
        }
    }

    @Override
    public void send(OutboundEvent event) throws IOException, InterruptedException {
        turn.take();
        try {
            requireClient();
            switch (event) {
                case HttpResponseStart start -> response.start(start, acceptsTrailers(start));
                case HttpResponseBody body -> response.body(body);
                case ExtensionOutboundEvent extension -> extension(extension);
                case WebSocketAccept ignored -> throw foreign(event);
                case WebSocketSend ignored -> throw foreign(event);
                case WebSocketClose ignored -> throw foreign(event);
                case LifespanStartupComplete ignored -> throw foreign(event);
                case LifespanStartupFailed ignored -> throw foreign(event);
                case LifespanShutdownComplete ignored -> throw foreign(event);
                case LifespanShutdownFailed ignored -> throw foreign(event);
            }
            completeIfDone();
            // An event that was taken over without a wait is not refused afterwards.
            if (outbox.awaitRoom() && !complete) {
                requireClient();
            }
        } finally {
            turn.pass();
        }
    }

    private void extension(ExtensionOutboundEvent event) throws IOException, InterruptedException {
        if (!scope.extensions().has(event.extension())) {
            throw new IllegalEventException("because the scope does not offer its extension", event);
        }
        switch (event) {
            case HttpResponseEarlyHint hint -> response.earlyHint(hint);
            case HttpResponseTrailers trailers -> response.trailers(trailers);
            case HttpResponsePathSend pathSend -> response.pathSend(pathSend);
            case HttpResponseZeroCopySend zeroCopySend -> zeroCopySend(zeroCopySend);
            default -> throw foreign(event);
        }
    }

    /** Ends when the server needs the file no longer: from then on its owner may close it. */
    private void zeroCopySend(HttpResponseZeroCopySend event) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            // a file channel that an interrupted thread uses closes itself
            throw new InterruptedException();
        }
        var written = new FileWritten(confinement);
        response.zeroCopySend(event, written);
        completeIfDone();
        try {
            if (!written.await()) {
                connectionLost();
                throw new ClientDisconnectedException();
            }
        } catch (InterruptedException interrupt) {
            takeBack(written);
            throw interrupt;
        }
    }

    /** Gives up the client for a file of which it has not read all: the thread cannot wait, nor can the file be sent without it. */
    private void takeBack(FileWritten written) {
        outbox.put(
                () -> {
                    if (!written.isOver()) {
                        stream.drop();
                    }
                },
                0);
        if (!written.awaitUninterruptibly()) {
            connectionLost();
        }
    }

    private static IllegalEventException foreign(OutboundEvent event) {
        return new IllegalEventException("in an http scope", event);
    }

    private void requireClient() throws ClientDisconnectedException {
        if (gone) {
            throw new ClientDisconnectedException();
        }
    }

    private boolean acceptsTrailers(HttpResponseStart start) {
        if (!start.trailers()) {
            return false;
        }
        for (var value : scope.headers().all("te")) {
            for (var coding : value.toLowerCase(Locale.ROOT).split(",", -1)) {
                if (coding.split(";", 2)[0].strip().equals("trailers")) {
                    return true;
                }
            }
        }
        return false;
    }

    private void completeIfDone() {
        if (response.isComplete()) {
            connection.setDisconnected();
            if (response.isTruncated()) {
                gone = true;
            }
            complete = true;
            arrivals.signal();
        }
    }

    @Override
    public void applicationEnded(@Nullable Throwable failure) {
        if (!complete) {
            // A thread that the application left behind may be waiting for the client in send, with the turn.
            outbox.release();
        }
        turn.takeUninterruptibly();
        try {
            ApplicationFailure.report(scope, left, response.unfinished(), failure);
            if (gone) {
                response.abandon();
            } else if (!response.isComplete()) {
                if (response.isStarted()) {
                    gone = true;
                }
                response.giveUp(failure != null);
            }
            completeIfDone();
        } finally {
            turn.pass();
        }
    }

    // ---- the connection's event loop

    /** Takes the next octets of the request body out of {@code in}; returns whether the driver should read on. */
    public boolean bodyPart(ByteBuf in, int count) {
        var more = requestBody.append(in, count);
        arrivals.signal();
        return more;
    }

    /** Returns how many octets of the request body wait for the application. */
    public int unreadBody() {
        return requestBody.waiting();
    }

    /** The request body is complete. */
    public void bodyEnd(@Nullable Headers trailers) {
        requestBody.end(trailers);
        arrivals.signal();
    }

    @Override
    public void inputClosed() {
        left = true;
        connection.setDisconnected();
        inputClosed = true;
        arrivals.signal();
    }

    @Override
    public void connectionLost() {
        left = true;
        connection.setDisconnected();
        gone = true;
        inputClosed();
        outbox.release();
    }

    @Override
    public void writable(boolean writable) {
        outbox.writable(writable);
    }

    private void afterDrain() {
        if (resume) {
            resume = false;
            stream.readBody();
        }
        stream.flush();
    }

    private void ended() {
        var log = context.accessLog();
        if (response.status() != 0 && log.isOn()) {
            var query = scope.queryString();
            var target = query.isEmpty() ? scope.rawPath() : scope.rawPath() + "?" + query;
            log.http(scope.client(), scope.method(), target, scope.httpVersion(), response.status());
        }
    }
}
