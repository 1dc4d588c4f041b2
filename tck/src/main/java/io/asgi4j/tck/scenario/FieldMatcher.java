package io.asgi4j.tck.scenario;

import io.asgi4j.tck.wire.Field;
import io.asgi4j.tck.wire.Response;
import java.util.List;
import java.util.stream.Collectors;

/** What must be true of the fields of a response: of its head, of its trailers, or of interim responses before it. */
public sealed interface FieldMatcher extends ResponseMatcher {
    /** The fields of a name have exactly these values in this order; none if the list is empty. */
    record HeaderValues(String name, List<String> values) implements FieldMatcher {
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
    record HeaderOnce(String name) implements FieldMatcher {
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
    record HeaderMember(String name, String member) implements FieldMatcher {
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
    record HeadersInOrder(List<Field> fields) implements FieldMatcher {
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

    /** Together, the interim responses with a status have these values under a name. */
    record InterimValues(int status, String name, List<String> values) implements FieldMatcher {
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
    record TrailerValues(String name, List<String> values) implements FieldMatcher {
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

    private static String fields(String name, List<String> values) {
        return switch (values.size()) {
            case 0 -> "there is no " + name;
            case 1 -> name + ": " + values.getFirst();
            default -> name + " with the values " + Words.quoted(values);
        };
    }
}
