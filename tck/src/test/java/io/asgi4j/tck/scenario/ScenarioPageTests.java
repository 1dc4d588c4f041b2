package io.asgi4j.tck.scenario;

import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.respond;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.StartOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScenarioPageTests {
    @Test
    void aPageSaysWhatBothSidesDoAndWhatMustBeTrue() {
        var scenario = new ScenarioBuilder(app(receive(), respond(204)))
                .startedWith(StartOption.ROOT_PATH, "/app")
                .get()
                .expectStatus(204)
                .on("second")
                .expectNothing()
                .expectApp(received("http.request"))
                .build("SomeTck.aName", "A name", List.of("some.slug"), Set.of(Feature.HTTP), false);

        assertEquals("""
            # A name

            `SomeTck.aName`, about some.slug

            Needs http.
            The server is started with {root-path=/app}.

            ## The application

            * `{"op":"receive"}`
            * `{"op":"send","event":{"type":"http.response.start","status":204,"headers":[]}}`
            * `{"op":"send","event":{"type":"http.response.body"}}`

            ## The client

            * writes b"GET {path} HTTP/1.1\\r\\nHost: {host}\\r\\n\\r\\n"
            * reads a response: status 204; a complete, well-formed response
            * on connection second: listens, and nothing comes

            ## What must then be true of the application

            * received http.request
            """, ScenarioPage.of(scenario));
    }
}
