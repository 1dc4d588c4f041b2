package io.asgi4j.tck.mutant;

import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.extension.HttpResponsePathSend;
import io.asgi4j.spec.extension.HttpResponseTrailers;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a server took over in one call of the application. Any thread may call any method. */
final class Answer implements Send {
    private final Scope scope;
    private final Send send;
    private final List<OutboundEvent> events = new CopyOnWriteArrayList<>();

    Answer(Scope scope, Send send) {
        this.scope = scope;
        this.send = send;
    }

    @Override
    public void send(OutboundEvent event) throws IOException, InterruptedException {
        send.send(event);
        events.add(event);
    }

    Scope scope() {
        return scope;
    }

    /** What was taken over so far, in this order. */
    List<OutboundEvent> events() {
        return events;
    }

    boolean isStarted() {
        return start().isPresent();
    }

    boolean isComplete() {
        return start().filter(HttpResponseStart::trailers).isPresent()
                ? events.stream().anyMatch(event -> event instanceof HttpResponseTrailers last && !last.moreTrailers())
                : isBodyComplete();
    }

    boolean isBodyComplete() {
        return events.stream()
                .anyMatch(event -> event instanceof HttpResponseBody body && !body.moreBody()
                        || event instanceof HttpResponseZeroCopySend file && !file.moreBody()
                        || event instanceof HttpResponsePathSend);
    }

    Optional<HttpResponseStart> start() {
        return events.stream()
                .filter(HttpResponseStart.class::isInstance)
                .map(HttpResponseStart.class::cast)
                .findFirst();
    }

    /** How many bytes the application announced and has not sent; 0 if it announced none. */
    int missing() {
        var announced = start().map(start -> start.headers().first("content-length"));
        var sent = events.stream()
                .mapToInt(event ->
                        event instanceof HttpResponseBody body ? body.body().remaining() : 0)
                .sum();
        return announced.map(length -> Integer.parseInt(length) - sent).orElse(0);
    }
}
