package io.asgi4j.tck.scenario;

import io.asgi4j.tck.script.Value.KnownBytes;
import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Framing;
import io.asgi4j.tck.wire.InterimResponse;
import io.asgi4j.tck.wire.Octets;
import io.asgi4j.tck.wire.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What must be true of a response. */
public sealed interface ResponseMatcher extends Matcher<Response> {
    /** The response came to its end, and nothing was wrong with it: true of every response unless something else is said. */
    record WellFormed() implements ResponseMatcher {
        @Override
        public String expected() {
            return "a complete, well-formed response";
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.isClean();
        }

        @Override
        public String actual(Response response, Facts facts) {
            if (response.isClean()) {
                return "it is complete and well-formed";
            }
            return response.anomalies().isEmpty() ? "it is not complete: " + response.ending() : anomalies(response);
        }
    }

    /** A client could tell that the response was cut short. */
    record Truncated() implements ResponseMatcher {
        @Override
        public String expected() {
            return "a response that is visibly cut short by the end of the connection";
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.status() != 0 && !response.isComplete() && response.has(Anomaly.Kind.PREMATURE_END);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return response.isComplete() ? "it looks complete" : anomalies(response);
        }
    }

    /** In place of a response, the connection may end. */
    record OrEnd() implements ResponseMatcher {
        @Override
        public String expected() {
            return "or the end of the connection in its place";
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return true;
        }

        @Override
        public String actual(Response response, Facts facts) {
            return "a response came";
        }
    }

    /** Some things may be wrong with the response, and nothing else. */
    record Tolerating(Set<Anomaly.Kind> kinds) implements ResponseMatcher {
        /** Copies the set. */
        public Tolerating {
            kinds = Set.copyOf(kinds);
        }

        @Override
        public String expected() {
            return "a response without defects other than "
                    + Words.or(kinds.stream().sorted().toList());
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.anomalies().stream().allMatch(anomaly -> kinds.contains(anomaly.kind()));
        }

        @Override
        public String actual(Response response, Facts facts) {
            return anomalies(response);
        }
    }

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

    /** The fields of a name have exactly these values in this order; none if the list is empty. */
    record HeaderValues(String name, List<String> values) implements ResponseMatcher {
        /** Copies the list. */
        public HeaderValues {
            values = List.copyOf(values);
        }

        @Override
        public String expected() {
            return values.isEmpty() ? "no field " + name : fields(name, values);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.fields()
                    .all(name)
                    .equals(values.stream().map(facts::fill).toList());
        }

        @Override
        public String actual(Response response, Facts facts) {
            return fields(name, response.fields().all(name));
        }
    }

    /** There is exactly one field of a name, whatever its value. */
    record HeaderOnce(String name) implements ResponseMatcher {
        @Override
        public String expected() {
            return "one field " + name;
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.fields().all(name).size() == 1;
        }

        @Override
        public String actual(Response response, Facts facts) {
            return fields(name, response.fields().all(name));
        }
    }

    /** The comma-separated list of a field has this member. */
    record HeaderMember(String name, String member) implements ResponseMatcher {
        @Override
        public String expected() {
            return "%s in the field %s".formatted(member, name);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.fields().hasMember(name, member);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return fields(name, response.fields().all(name));
        }
    }

    /** The fields with these names stand in this order, with nothing of these names beside them. */
    record HeadersInOrder(List<Field> fields) implements ResponseMatcher {
        /** Copies the list. */
        public HeadersInOrder {
            fields = List.copyOf(fields);
        }

        @Override
        public String expected() {
            return "in this order the fields " + shown(fields);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return shown(these(response)).equalsIgnoreCase(shown(fields));
        }

        @Override
        public String actual(Response response, Facts facts) {
            return "they are " + shown(these(response));
        }

        private List<Field> these(Response response) {
            return response.fields().list().stream()
                    .filter(field -> fields.stream().anyMatch(wanted -> wanted.isNamed(field.name())))
                    .toList();
        }

        private static String shown(List<Field> fields) {
            return fields.stream().map(Field::toString).collect(Collectors.joining(" | "));
        }
    }

    /** The body is exactly this. */
    record Body(KnownBytes bytes) implements ResponseMatcher {
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
    record BodyStart(KnownBytes bytes) implements ResponseMatcher {
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

    /** The body's end is found in one of these ways. */
    record FramedBy(Set<Framing> any) implements ResponseMatcher {
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

    /** Together, the interim responses with a status have these values under a name. */
    record InterimValues(int status, String name, List<String> values) implements ResponseMatcher {
        /** Copies the list. */
        public InterimValues {
            values = List.copyOf(values);
        }

        @Override
        public String expected() {
            return "interim responses " + status + " with " + fields(name, values);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return these(response).equals(values);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return fields(name, these(response));
        }

        private List<String> these(Response response) {
            return response.interims().stream()
                    .filter(interim -> interim.status() == status)
                    .flatMap(interim -> interim.fields().all(name).stream())
                    .toList();
        }
    }

    /** The trailers of a name have exactly these values in this order; none if the list is empty. */
    record TrailerValues(String name, List<String> values) implements ResponseMatcher {
        /** Copies the list. */
        public TrailerValues {
            values = List.copyOf(values);
        }

        @Override
        public String expected() {
            return values.isEmpty() ? "no trailer " + name : "behind the body " + fields(name, values);
        }

        @Override
        public boolean matches(Response response, Facts facts) {
            return response.trailers().all(name).equals(values);
        }

        @Override
        public String actual(Response response, Facts facts) {
            return fields(name, response.trailers().all(name));
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

    private static String body(Response response) {
        return response.body().isEmpty() ? "there is no body" : "it is " + response.body();
    }

    private static String fields(String name, List<String> values) {
        return switch (values.size()) {
            case 0 -> "there is no " + name;
            case 1 -> name + ": " + values.getFirst();
            default -> name + " with the values " + Words.quoted(values);
        };
    }

    private static String anomalies(Response response) {
        return response.anomalies().isEmpty()
                ? "nothing is wrong with it"
                : response.anomalies().stream().map(Anomaly::toString).collect(Collectors.joining("; "));
    }
}
