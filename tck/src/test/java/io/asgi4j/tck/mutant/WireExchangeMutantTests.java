package io.asgi4j.tck.mutant;

import org.junit.jupiter.api.Test;

/** Servers that send what nobody can read, or get the next request wrong. */
final class WireExchangeMutantTests extends MutantTests {
    @Test
    @Breaks("wire.response.head")
    void aServerThatSendsContentInAnswerToHeadIsCaught() throws Exception {
        kill(Mutant.ofResponses(
                wire -> Rewrite.ofHeads(head -> wire.request().startsWith("HEAD ") ? head + "hello" : head)));
    }

    @Test
    @Breaks(
            value = "wire.response.no-content",
            also = {"wire.expect.continue", "wire.expect.http-1-0"})
    void aServerThatSaysALengthInA204IsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 204 ? Head.with(head, "content-length: 0") : head));
    }

    @Test
    @Breaks("wire.response.not-modified")
    void aServerThatSendsContentInA304IsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.status(head) == 304 ? head + "hello" : head));
    }

    @Test
    @Breaks(
            value = "wire.response.no-chunks-for-http-1-0",
            also = {"wire.connection.http-1-0", "wire.expect.http-1-0"})
    void aServerThatTakesOldClientsForNewOnesIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1.0\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("wire.response.date")
    void aServerThatSaysNoDateIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> Head.without(head, "date")));
    }

    @Test
    @Breaks("wire.expect.continue")
    void aServerThatTellsAClientToWaitIsCaught() throws Exception {
        kill(Mutant.ofResponseHeads(head -> head.replace(" 100 Continue", " 102 Processing")));
    }

    @Test
    @Breaks("wire.expect.http-1-0")
    void aServerThatTellsAnOldClientToGoOnIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> Rewrite.ofHeads(head -> wire.request().contains(" HTTP/1.0\r\n")
                        && Head.field(wire.request(), "expect").isPresent()
                ? "HTTP/1.1 100 Continue\r\n\r\n" + head
                : head)));
    }

    @Test
    @Breaks("wire.connection.pipelined")
    void aServerThatAnswersTheSecondOfThreeRequestsFirstIsCaught() throws Exception {
        kill(Mutant.ofResponses(wire -> HttpConnectionMutantTests.overtaken(wire, waiting -> waiting.size() >= 2)));
    }

    @Test
    @Breaks("wire.connection.unread-content")
    void aServerThatTakesUnreadContentForARequestIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Content-Length: 34\r\n", "")));
    }

    @Test
    @Breaks("wire.connection.close")
    void aServerThatServesWhatComesAfterConnectionCloseIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Connection: close\r\n", "")));
    }

    @Test
    @Breaks("wire.connection.http-1-0")
    void aServerThatKeepsAnyConnectionIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1.0\r\n", " HTTP/1.0\r\nConnection: keep-alive\r\n")));
    }
}
