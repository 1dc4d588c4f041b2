package io.asgi4j.tck.mutant;

import org.junit.jupiter.api.Test;

/** Servers that make something of a head which they should refuse, or refuse one which they should not. */
final class WireHeadMutantTests extends MutantTests {
    @Test
    @Breaks("wire.head.line")
    void aServerThatReadsThreeWordsOfFourIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1.1 more\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("wire.head.version")
    void aServerThatCompletesAVersionIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("wire.head.major-version")
    void aServerThatTakesEveryVersionForItsOwnIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/3.0\r\n", " HTTP/1.1\r\n")));
    }

    @Test
    @Breaks("wire.head.minor-version")
    void aServerThatRefusesAHigherMinorVersionIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace(" HTTP/1.2\r\n", " HTTP/x\r\n")));
    }

    @Test
    @Breaks("wire.head.long-line")
    void aServerThatReadsNoLongLinesIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.length() > 7000 ? "GET\r\n\r\n" : head));
    }

    @Test
    @Breaks("wire.head.absolute-form")
    void aServerThatKnowsOnlyPathsIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("GET http://", "GET ")));
    }

    @Test
    @Breaks("wire.head.host-missing")
    void aServerThatDoesWithoutHostIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(
                head -> Head.field(head, "host").isEmpty() ? Head.with(head, "Host: 127.0.0.1") : head));
    }

    @Test
    @Breaks("wire.head.host-repeated")
    void aServerThatTakesTheFirstHostIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Host: other.example\r\n", "")));
    }

    @Test
    @Breaks("wire.head.host-invalid")
    void aServerThatTakesAWordOfAHostIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("Host: a b\r\n", "Host: a\r\n")));
    }

    @Test
    @Breaks("wire.head.field-name")
    void aServerThatTakesASpaceForAHyphenIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("X A: 1", "X-A: 1")));
    }

    @Test
    @Breaks("wire.head.field-name-case")
    void aServerThatKnowsFieldsInTheirUsualCaseOnlyIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("cOnTeNt-LeNgTh: 5\r\n", "")));
    }

    @Test
    @Breaks("wire.head.space-before-colon")
    void aServerThatTrimsNamesIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("X-A : 1", "X-A: 1")));
    }

    @Test
    @Breaks("wire.head.space-before-first-field")
    void aServerThatTrimsLinesIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("\r\n X-A: ", "\r\nX-A: ")));
    }

    @Test
    @Breaks("wire.head.folded")
    void aServerThatJoinsLinesWithoutASpaceIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("one\r\n two", "onetwo")));
    }

    @Test
    @Breaks("wire.head.bare-cr")
    void aServerThatDropsACrIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("one\rtwo", "onetwo")));
    }

    @Test
    @Breaks("wire.head.nul")
    void aServerThatDropsANulIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("one\0two", "onetwo")));
    }
}
