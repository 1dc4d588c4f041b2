package io.asgi4j.tck.scenario;

import io.asgi4j.tck.wire.Anomaly;
import io.asgi4j.tck.wire.Response;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a response is complete and without defects, or what may be wrong with it. */
public sealed interface WellFormedness extends ResponseMatcher {
    /** The response came to its end, and nothing was wrong with it: true of every response unless something else is said. */
    record WellFormed() implements WellFormedness {
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
    record Truncated() implements WellFormedness {
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
    record OrEnd() implements WellFormedness {
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
    record Tolerating(Set<Anomaly.Kind> kinds) implements WellFormedness {
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

    private static String anomalies(Response response) {
        return response.anomalies().isEmpty()
                ? "nothing is wrong with it"
                : response.anomalies().stream().map(Anomaly::toString).collect(Collectors.joining("; "));
    }
}
