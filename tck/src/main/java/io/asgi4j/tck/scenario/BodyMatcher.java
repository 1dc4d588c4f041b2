package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Framing;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What must be true of the body of a response. */
public sealed interface BodyMatcher extends ResponseMatcher {
    /** The body is exactly this. */
    record Body(KnownBytes bytes) implements BodyMatcher {
        @Override
        public String expected() {
            return bytes.length() == 0 ? "no body" : "the body " + Words.of(bytes);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return Arrays.equals(
                    response.body().toByteArray(), facts.fill(bytes).toByteArray());
        }

        @Override
        public String actual(Response response, Facts facts) {
            return body(response);
        }
    }

    /** The body begins with this. */
    record BodyStart(KnownBytes bytes) implements BodyMatcher {
        @Override
        public String expected() {
            return "a body that begins with " + Words.of(bytes);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.body().startsWith(Octets.of(facts.fill(bytes).toByteArray()));
        }

        @Override
        public String actual(Response response, Facts facts) {
            return body(response);
        }
    }

    /** The body's end is found in one of these ways. */
    record FramedBy(Set<Framing> any) implements BodyMatcher {
        /** Copies the set. */
        public FramedBy {
            any = Set.copyOf(any);
        }

        @Override
        public String expected() {
            return "a body framed by " + name(Words.or(any.stream().sorted().toList()));
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return any.contains(response.framing());
        }

        @Override
        public String actual(Response response, Facts facts) {
            return "it is framed by " + name(response.framing().name());
        }

        private static String name(String constant) {
            return constant.toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static String body(Response response) {
        return response.body().isEmpty() ? "there is no body" : "it is " + response.body();
    }
}
