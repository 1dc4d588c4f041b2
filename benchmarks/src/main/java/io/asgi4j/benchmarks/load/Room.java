package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Histogram;
import io.asgi4j.benchmarks.client.Message;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/**
 * The members of a broadcast; the first of them sends a message when all have the one before. Belongs to the thread of the sockets.
 *
 * <p>A server may answer a handshake before its application has added the member, so the first message is a probe that is sent
 * until all have heard it; only then is it certain that the next one reaches all.
 */
final class Room implements Sockets.Receiver {
    private static final int SENDER = 0;
    private static final long PROBE_NANOS = Duration.ofMillis(50).toNanos();

    private final List<Message> messages;
    private final int members;

    /** Those who have heard the probe. */
    private final BitSet joined = new BitSet();

    /** Those who have heard what came after the probe. */
    private final BitSet begun = new BitSet();

    /** Those who have the current message. */
    private final BitSet served = new BitSet();

    private final Histogram latencies = new Histogram();
    private int current;
    private long deliveries;

    Room(List<Message> messages, int members) {
        this.messages = messages;
        this.members = members;
    }

    /** Returns when a message reaches all. */
    void assemble(Sockets sockets) throws IOException {
        while (joined.cardinality() < members) {
            sockets.send(SENDER, messages.get(current));
            var end = System.nanoTime() + PROBE_NANOS;
            sockets.runUntil(() -> System.nanoTime() > end || joined.cardinality() == members);
        }
    }

    /** Sends one message after the other for so long, and to the last member. */
    void converse(Sockets sockets, Duration time) throws IOException {
        var end = System.nanoTime() + time.toNanos();
        do {
            served.clear();
            current = (current + 1) % messages.size();
            var sent = System.nanoTime();
            sockets.send(SENDER, messages.get(current));
            sockets.runUntil(() -> served.cardinality() == members);
            latencies.record(System.nanoTime() - sent);
        } while (System.nanoTime() < end);
    }

    long deliveries() {
        return deliveries;
    }

    /** How long it took until the last member had a message. */
    Histogram latencies() {
        return latencies;
    }

    @Override
    public void received(int number, ByteBuf content, int index, int length) throws IOException {
        if (!begun.get(number) && messages.getFirst().is(content, index, length)) {
            joined.set(number);
            return;
        }
        begun.set(number);
        if (served.get(number) || !messages.get(current).is(content, index, length)) {
            throw new WrongAnswerException("A member got another message than was sent, of %d bytes".formatted(length));
        }
        served.set(number);
        deliveries++;
    }
}
