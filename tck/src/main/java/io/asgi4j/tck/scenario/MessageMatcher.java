package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Incoming;
import io.asgi4j.tck.wire.Octets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be true of what the client of a WebSocket finds next. */
public sealed interface MessageMatcher extends Matcher<Incoming> {
    @Override
    default String actual(Incoming incoming, Facts facts) {
        return switch (incoming) {
            case Incoming.Message message ->
                message.isText() ? "a text message came: " + message.payload() : "bytes came: " + message.payload();
            case Incoming.Ping ping -> "a ping came: " + ping.payload();
            case Incoming.Pong pong -> "a pong came: " + pong.payload();
            case Incoming.Close close ->
                "a close frame came: " + (close.code() == Incoming.NO_CODE ? "no code" : close.code())
                        + (close.reason().isEmpty() ? "" : " " + close.reason());
            case Incoming.Unusable unusable -> "a frame came that means nothing: " + unusable.frame();
            case Incoming.End end -> "the connection ended: " + end.ending();
            case Incoming.Silence silence -> "nothing came in time";
        };
    }

    /** Something that is about these requirements alone, of all those of its scenario. */
    record About(List<String> requirements, MessageMatcher matcher) implements MessageMatcher {
        /** Copies the list. */
        public About {
            requirements = List.copyOf(requirements);
        }

        @Override
        public String expected() {
            return matcher.expected();
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return matcher.matches(incoming, facts);
        }

        @Override
        public String actual(Incoming incoming, Facts facts) {
            return matcher.actual(incoming, facts);
        }

        @Override
        public Check check(String name, Incoming incoming, Facts facts) {
            return matcher.check(name, incoming, facts).about(requirements);
        }
    }

    /** A text message. */
    record Text(String text) implements MessageMatcher {
        @Override
        public String expected() {
            return "the text message " + Words.of(Value.of(text));
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Message message
                    && message.isText()
                    && message.payload().equals(Octets.utf8(facts.fill(text)));
        }
    }

    /** A message of bytes. */
    record Binary(KnownBytes bytes) implements MessageMatcher {
        @Override
        public String expected() {
            return "the message of bytes " + Words.of(bytes);
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Message message
                    && !message.isText()
                    && Arrays.equals(message.payload().toByteArray(), bytes.toByteArray());
        }
    }

    /** A text message that is a pattern repeated, so that large ones need no large data. */
    record LargeText(Value.Fill text) implements MessageMatcher {
        @Override
        public String expected() {
            return "a text message of " + Words.of(text);
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Message message
                    && message.isText()
                    && Arrays.equals(message.payload().toByteArray(), text.toByteArray());
        }
    }

    /** A ping; {@code payload} is null if any will do. */
    record Ping(@Nullable String payload) implements MessageMatcher {
        @Override
        public String expected() {
            return payload == null ? "a ping" : "a ping \"" + payload + "\"";
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Ping ping
                    && (payload == null || ping.payload().equals(Octets.utf8(payload)));
        }
    }

    /** A pong with this payload. */
    record Pong(String payload) implements MessageMatcher {
        @Override
        public String expected() {
            return "a pong \"" + payload + "\"";
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Pong pong && pong.payload().equals(Octets.utf8(payload));
        }
    }

    /** A close frame with one of these codes, {@link Incoming#NO_CODE} for one without; {@code reason} is null if any will do. */
    record Close(List<Integer> codes, @Nullable String reason) implements MessageMatcher {
        private static final List<Integer> WITHOUT_CODE = List.of(Incoming.NO_CODE);

        /** Copies the list. */
        public Close {
            codes = List.copyOf(codes);
        }

        @Override
        public String expected() {
            if (codes.equals(WITHOUT_CODE)) {
                return "a close frame without a code";
            }
            return "a close frame"
                    + (codes.isEmpty() ? "" : " with code " + Words.or(codes))
                    + (reason == null ? "" : reason.isEmpty() ? " and no reason" : " and reason \"" + reason + "\"");
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.Close close
                    && (codes.isEmpty() || codes.contains(close.code()))
                    && (reason == null || close.reason().equals(Octets.utf8(reason)));
        }
    }

    /** The end of the connection without a close frame. */
    record Ended() implements MessageMatcher {
        @Override
        public String expected() {
            return "the end of the connection without a close frame";
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return incoming instanceof Incoming.End;
        }
    }

    /** Either of two. */
    record Either(MessageMatcher first, MessageMatcher second) implements MessageMatcher {
        @Override
        public String expected() {
            return first.expected() + ", or " + second.expected();
        }

        @Override
        public boolean matches(Incoming incoming, Facts facts) {
            return first.matches(incoming, facts) || second.matches(incoming, facts);
        }
    }
}
