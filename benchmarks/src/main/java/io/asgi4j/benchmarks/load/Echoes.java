package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Histogram;
import io.asgi4j.benchmarks.client.Message;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a message on each WebSocket and the next one when it came back unchanged; belongs to the thread of the sockets. */
final class Echoes implements Sockets.Receiver {
    private final List<Message> messages;
    private final int limit;
    private final int[] exchanged;
    private final long[] sent;
    private final Histogram latencies = new Histogram();
    private @Nullable Sockets sockets;

    /** So many times at most on each connection. */
    Echoes(List<Message> messages, int connections, int limit) {
        this.messages = messages;
        this.limit = limit;
        this.exchanged = new int[connections];
        this.sent = new long[connections];
    }

    void begin(Sockets opened) {
        sockets = opened;
        for (int number = 0; number < opened.size(); number++) {
            send(opened, number);
            opened.get(number).flush();
        }
    }

    long count() {
        return latencies.total();
    }

    Histogram latencies() {
        return latencies;
    }

    @Override
    public void received(int number, ByteBuf content, int index, int length) throws IOException {
        if (sockets == null || !message(number).is(content, index, length)) {
            throw new WrongAnswerException("A message came back as another one, of %d bytes".formatted(length));
        }
        latencies.record(System.nanoTime() - sent[number]);
        if (++exchanged[number] < limit) {
            send(sockets, number);
        }
    }

    private void send(Sockets opened, int number) {
        sent[number] = System.nanoTime();
        opened.get(number).send(message(number));
    }

    private Message message(int number) {
        return messages.get(exchanged[number] % messages.size());
    }
}
