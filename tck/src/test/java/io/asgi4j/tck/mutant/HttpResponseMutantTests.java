package io.asgi4j.tck.mutant;

import io.asgi4j.spec.HttpResponseStart;
import org.junit.jupiter.api.Test;

/** Servers that write something else than the application sent. */
final class HttpResponseMutantTests extends MutantTests {
    @Test
    @Breaks("http.response.status")
    void aServerThatAnswersEachSuccessBy200IsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof HttpResponseStart start && start.status() == 201
                ? new HttpResponseStart(200, start.headers(), start.trailers())
                : event));
    }

    @Test
    @Breaks(value = "http.response.date", also = "http.response.fields-not-doubled")
    void aServerThatGivesNoDateIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.without(head, "date")));
    }
}
