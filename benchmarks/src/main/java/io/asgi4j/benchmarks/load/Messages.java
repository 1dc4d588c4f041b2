package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Message;
import java.util.List;
import java.util.stream.IntStream;

/** Messages that differ, so that an old answer is not taken for a new one, and that compress like what is really sent. */
final class Messages {
    private static final int VARIETY = 16;

    private Messages() {}

    static List<Message> ofSize(int size, boolean compressed) {
        return IntStream.range(0, VARIETY)
                .mapToObj(number -> Message.of(text(number, size), compressed))
                .toList();
    }

    /** JSON in form, cut to its length: records whose fields vary. */
    private static String text(int number, int size) {
        var text = new StringBuilder();
        for (int record = number; text.length() < size; record++) {
            text.append("{\"id\":%d,\"price\":%d.%02d,\"name\":\"item %x\"},"
                    .formatted(record, record * 7919 % 1000, record * 31 % 100, record * 2654435761L));
        }
        return text.substring(0, size);
    }
}
