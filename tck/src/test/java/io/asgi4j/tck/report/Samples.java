package io.asgi4j.tck.report;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.report.ScenarioResult.InApplication;
import io.asgi4j.tck.report.ScenarioResult.Kind;
import io.asgi4j.tck.report.ScenarioResult.OnWire;
import io.asgi4j.tck.requirement.Requirements;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Check;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.TraceEntry;
import io.asgi4j.tck.script.Value.Dict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports as runs make them. */
final class Samples {
    static final String SLUG = "http.request.dechunked";

    private static final Requirements REQUIREMENTS =
            Requirements.parse("SPEC.md", """
                ## HTTP
                ### http.request.dechunked
                > A server MUST deliver the body of a `chunked` request decoded.
                origin: asgi · since: 1.0
                ### http.request.streamed
                > A server MUST NOT wait.
                origin: asgi · since: 1.0
                ### http.invalid.seen
                > A server SHOULD do what nobody sees.
                origin: asgi4j · since: 1.0
                """.lines().toList());

    private Samples() {}

    /** A report on a server, with one scenario for each status, in that order. */
    static Report report(String server, Status... statuses) {
        return report(server, List.of(), statuses);
    }

    /** A report on a run with problems. */
    static Report report(String server, List<String> problems, Status... statuses) {
        return report(
                server, problems, Arrays.stream(statuses).map(Samples::scenario).toList());
    }

    /** A report on a run with problems. */
    static Report report(String server, List<String> problems, List<ScenarioResult> scenarios) {
        var declared = Set.of(Feature.HTTP);
        var reporter = new Reporter(REQUIREMENTS, Map.of("http.invalid.seen", "nobody sees it"), id -> "rerun " + id);
        return new Report(
                "1.2.3",
                new ServerInfo(server, "4.5", Map.of("loop", "epoll")),
                "in process",
                List.of("java", "-jar", "asgi4j-tck.jar", "run"),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(1500),
                true,
                Set.of("http"),
                problems,
                Reporter.profiles(declared, scenarios),
                reporter.requirements(scenarios),
                scenarios);
    }

    static ScenarioResult scenario(Status status) {
        return scenario("core-http", status);
    }

    static ScenarioResult scenario(String profile, Status status) {
        var passed = status == Status.PASS;
        return new ScenarioResult(
                "HttpRequestBodyTck.sample" + status.name(),
                "Sample <" + status.name() + ">",
                "HttpRequestBody",
                profile,
                List.of(SLUG),
                "MUST",
                status,
                passed || status == Status.FAIL ? "" : "because \"so\" & so",
                false,
                Duration.ofMillis(12),
                Script.LIFESPAN,
                List.of("writes <bytes>"),
                List.of(new Check("response 1", "status 204", passed ? "status 204" : "status 500 \u0001", passed)),
                List.of(
                        new OnWire(0.25, "client", Kind.SENT, List.of("GET / HTTP/1.1", "Host: </script>")),
                        new OnWire(1.5, "client", Kind.NOTE, List.of("closed"))),
                List.of(new InApplication(
                        0.75,
                        new TraceEntry(
                                1,
                                0.5,
                                0,
                                "",
                                TraceEntry.Kind.RECEIVED,
                                Dict.empty().with("type", "http.request"),
                                null,
                                Dict.empty()))),
                List.of("curl 'http://127.0.0.1/?a=1&b=2'"),
                "rerun it",
                passed ? "" : "what happened \u0000 <here>");
    }
}
