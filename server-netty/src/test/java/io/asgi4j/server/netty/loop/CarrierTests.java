package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CarrierTests {
    @Test
    void aContinuationThatThrowsDoesNotEndTheCarrier() throws Exception {
        var carrier = new Carrier("carrier", () -> {});
        carrier.execute(() -> {
            throw new IllegalStateException("of a continuation");
        });
        var current = new CompletableFuture<Boolean>();
        carrier.execute(() -> {
            carrier.retire();
            current.complete(carrier.isCurrent());
        });
        assertTrue(current.get(10, TimeUnit.SECONDS));
    }
}
