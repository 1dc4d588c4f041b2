package io.asgi4j.tck.scenario;

import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.InterimResponse;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What must be true of a response. */
public sealed interface ResponseMatcher extends Matcher<Response>
        permits WellFormedness,
                FieldMatcher,
                BodyMatcher,
                ResponseMatcher.Status,
                ResponseMatcher.StatusClass,
                ResponseMatcher.Nowhere,
                ResponseMatcher.Interims,
                ResponseMatcher.Custom {
    /** The status is one of these. */
    record Status(List<Integer> any) implements ResponseMatcher {
        /** Copies the list. */
        public Status {
            any = List.copyOf(any);
        }

        @Override
        public String expected() {
            return "status " + Words.or(any);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return any.contains(response.status());
        }

        @Override
        public String actual(Response response, Facts facts) {
            return status(response);
        }
    }

    /** The status has this first digit. */
    record StatusClass(int digit) implements ResponseMatcher {
        @Override
        public String expected() {
            return "a status of " + digit + "xx";
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.status() / 100 == digit;
        }

        @Override
        public String actual(Response response, Facts facts) {
            return status(response);
        }
    }

    /** A text stands nowhere in the head and the body. */
    record Nowhere(String text) implements ResponseMatcher {
        @Override
        public String expected() {
            return "\"" + text + "\" nowhere in it";
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return !response.body().contains(Octets.latin1(text))
                    && found(response).isEmpty();
        }

        @Override
        public String actual(Response response, Facts facts) {
            return matches(response, facts)
                    ? "it is not there"
                    : found(response)
                            .map(field -> "it is in the field " + field)
                            .orElseGet(() -> "it is in the body " + response.body());
        }

        private Optional<Field> found(Response response) {
            return Stream.of(response.fields(), response.trailers())
                    .flatMap(fields -> StreamSupport.stream(fields.spliterator(), false))
                    .filter(field -> field.toString().contains(text))
                    .findFirst();
        }
    }

    /** Exactly these interim responses came before it. */
    record Interims(List<Integer> statuses) implements ResponseMatcher {
        /** Copies the list. */
        public Interims {
            statuses = List.copyOf(statuses);
        }

        @Override
        public String expected() {
            return statuses.isEmpty() ? "no interim response" : "the interim responses " + statuses;
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return statuses(response).equals(statuses);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return statuses(response).isEmpty() ? "there was none" : "there were " + statuses(response);
        }

        private static List<Integer> statuses(Response response) {
            return response.interims().stream().map(InterimResponse::status).toList();
        }
    }

    /** Anything else. A lambda is no data, so this is for the rare cases for which nothing else will do. */
    record Custom(String expected, Predicate<Response> predicate) implements ResponseMatcher {
        @Override
        public boolean matches(Response response, Facts facts) {
            return predicate.test(response);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return matches(response, facts)
                    ? "it is so"
                    : response.toString()
                            .lines()
                            .filter(line -> !line.isBlank())
                            .collect(Collectors.joining(" | "));
        }
    }

    private static String status(Response response) {
        return "it is " + response.statusLine();
    }
}
