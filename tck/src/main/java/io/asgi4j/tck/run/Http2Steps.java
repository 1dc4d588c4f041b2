package io.asgi4j.tck.run;

import io.asgi4j.tck.scenario.Facts;
import io.asgi4j.tck.scenario.Http2Step;
import io.asgi4j.tck.scenario.ScenarioBuilder;
import io.asgi4j.tck.wire.http2.FieldSection;

/** What the client does over HTTP/2. Owned by the thread that runs the scenario. */
final class Http2Steps {
    private final Checks checks;

    Http2Steps(Checks checks) {
        this.checks = checks;
    }

    /** Does a step; tells whether the scenario can go on. */
    boolean perform(Connection connection, Http2Step step, Facts facts) {
        return switch (step) {
            case Http2Step.Ask ask -> {
                var fields = ask.fields().stream()
                        .map(field -> FieldSection.field(field.name(), facts.fill(field.value())))
                        .toList();
                connection.http2().sendHeaders(ask.stream(), fields, true);
                yield true;
            }
            case Http2Step.ReadStream read -> response(connection, read, facts);
        };
    }

    private boolean response(Connection connection, Http2Step.ReadStream step, Facts facts) {
        var response = connection.http2().response(step.stream());
        var name = "stream " + step.stream()
                + (step.connection().equals(ScenarioBuilder.FIRST_CONNECTION) ? "" : " on " + step.connection());
        if (response.status() == 0) {
            return checks.add(name, "a response", "there was none: " + response.anomalies(), false);
        }
        checks.match(name, step.expected(), response, facts);
        return true;
    }
}
