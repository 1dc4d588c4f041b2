package io.asgi4j.tck.scenario;

import io.asgi4j.tck.wire.Field;
import java.util.List;
import java.util.stream.Collectors;

/** A step that is about HTTP/2: the first one on a connection writes the preface. */
public sealed interface Http2Step extends ClientStep.OnConnection {
    /** Writes a request without content on a stream of its own; pseudo-fields are fields like others. */
    record Ask(String connection, int stream, List<Field> fields) implements Http2Step {
        /** Copies the list. */
        public Ask {
            fields = List.copyOf(fields);
        }

        @Override
        public String words() {
            return "asks on stream %d: %s"
                    .formatted(stream, fields.stream().map(Field::toString).collect(Collectors.joining(" | ")));
        }
    }

    /** Reads the response on a stream to its end. */
    record ReadStream(String connection, int stream, List<ResponseMatcher> expected) implements Http2Step {
        /** Copies the list. */
        public ReadStream {
            expected = List.copyOf(expected);
        }

        @Override
        public String words() {
            return "reads a response on stream %d: %s".formatted(stream, Words.expectations(expected));
        }
    }
}
