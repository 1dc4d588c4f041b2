package io.asgi4j.tck.requirement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The requirements are read from the specification's text. */
class RequirementsTests {
    private static final String TEXT = """
        # A specification

        ## Bodies

        ### http.body.whole

        > A server MUST NOT cut a body.

        origin: asgi 2.4 · since: 1.0

        Explanation, in which a server MAY do anything.

        ## Applications
        ### app.polite
        > An application SHOULD be polite.
        origin: asgi4j · since: 1.1
        """;

    @Test
    void everyPartOfARequirementIsRead() {
        var requirements = Requirements.parse("SPEC.md", TEXT.lines().toList());
        assertEquals(
                List.of(
                        new Rule(
                                "http.body.whole",
                                "Bodies",
                                "A server MUST NOT cut a body.",
                                Level.MUST,
                                Bound.SERVER,
                                Origin.ASGI,
                                "2.4",
                                "1.0",
                                "Explanation, in which a server MAY do anything."),
                        new Rule(
                                "app.polite",
                                "Applications",
                                "An application SHOULD be polite.",
                                Level.SHOULD,
                                Bound.APPLICATION,
                                Origin.ASGI4J,
                                "",
                                "1.1",
                                "")),
                List.copyOf(requirements.all()));
    }

    @Test
    void onlyWhatBindsAServerIsToBeJudged() {
        var requirements = Requirements.parse("SPEC.md", TEXT.lines().toList());
        assertEquals(
                List.of("http.body.whole"),
                requirements.all().stream()
                        .filter(Rule::isToBeJudged)
                        .map(Rule::slug)
                        .toList());
    }

    @Test
    void aRequirementIsFoundByItsSlug() {
        var requirements = Requirements.parse("SPEC.md", TEXT.lines().toList());
        assertEquals(
                "Bodies", requirements.find("http.body.whole").orElseThrow().section());
        assertTrue(requirements.find("http.body").isEmpty());
    }

    @Test
    void theSpecificationItselfIsInTheJar() {
        assertTrue(Requirements.load().find("core.call.one-per-exchange").isPresent());
    }

    @Test
    void aRuleOfAnRfcNamesItsSection() {
        var text = TEXT.replace("origin: asgi 2.4", "origin: RFC 9112, 6.3");
        var rule = Requirements.parse("WIRE.md", text.lines().toList())
                .find("http.body.whole")
                .orElseThrow();

        assertEquals(Origin.RFC, rule.origin());
        assertEquals("RFC 9112, 6.3", rule.source());
        assertMalformed(
                "SPEC.md, line 5: http.body.whole lacks its line \"origin: … · since: …\"",
                TEXT.replace("origin: asgi 2.4", "origin: RFC"));
    }

    @Test
    void theRulesOfTheRfcsAndNoOthersHaveWireInFront() {
        for (var rule : Requirements.load().all()) {
            assertEquals(rule.slug().startsWith("wire."), rule.origin() == Origin.RFC, rule::slug);
        }
    }

    @Test
    void aMissingPartIsNamedWithItsLine() {
        assertMalformed(
                "SPEC.md, line 5: http.body.whole ends before its sentence and its origin", TEXT.substring(0, 50));
        assertMalformed(
                "SPEC.md, line 5: http.body.whole has no sentence that begins with \"> A server\" or the like",
                TEXT.replace("> A server", "> Whoever"));
        assertMalformed(
                "SPEC.md, line 5: http.body.whole needs exactly one of MUST, SHOULD and MAY",
                TEXT.replace("MUST NOT cut", "MUST NOT and SHOULD NOT cut"));
        assertMalformed(
                "SPEC.md, line 5: http.body.whole lacks its line \"origin: … · since: …\"",
                TEXT.replace("origin: asgi 2.4 ·", "from asgi"));
        assertMalformed(
                "SPEC.md, line 5: a slug is lower-case words with dots and hyphens: Whole",
                TEXT.replace("http.body.whole", "Whole"));
        assertMalformed(
                "SPEC.md, line 14: there are two requirements http.body.whole",
                TEXT.replace("app.polite", "http.body.whole"));
        assertMalformed("SPEC.md has no requirements", "");
    }

    private static void assertMalformed(String message, String text) {
        var lines = text.lines().toList();
        assertEquals(
                message,
                assertThrows(MalformedFileException.class, () -> Requirements.parse("SPEC.md", lines))
                        .getMessage());
    }
}
