package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.run.Status;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What build servers read. */
class JUnitXmlTests {
    @Test
    void everyScenarioIsACaseUnderItsRealName() throws Exception {
        var document = parse(Samples.report("one", Status.PASS, Status.FAIL));
        var test = (Element) document.getElementsByTagName("testcase").item(0);
        assertEquals("HttpRequestBodyTck", test.getAttribute("classname"));
        assertEquals("samplePASS", test.getAttribute("name"));
        assertEquals("0.012", test.getAttribute("time"));
        assertEquals(2, document.getElementsByTagName("testcase").getLength());
    }

    @Test
    void theCountsAreThoseOfTheCases() throws Exception {
        var document = parse(Samples.report("one", Status.values()));
        for (var name : List.of("testsuites", "testsuite")) {
            var suite = (Element) document.getElementsByTagName(name).item(0);
            assertEquals(count(document, "testcase"), suite.getAttribute("tests"));
            assertEquals(count(document, "failure"), suite.getAttribute("failures"));
            assertEquals(count(document, "error"), suite.getAttribute("errors"));
            assertEquals(count(document, "skipped"), suite.getAttribute("skipped"));
        }
        assertEquals("2", count(document, "failure"));
        assertEquals("2", count(document, "error"));
        assertEquals("3", count(document, "skipped"));
    }

    @Test
    void aRunWithoutAServerIsAnError() throws Exception {
        var document = parse(Samples.report("one", List.of("nobody listens")));
        var suites = (Element) document.getElementsByTagName("testsuites").item(0);
        assertEquals("1", suites.getAttribute("tests"));
        assertEquals("1", suites.getAttribute("errors"));
        var error = (Element) document.getElementsByTagName("error").item(0);
        assertEquals("nobody listens", error.getAttribute("message"));
    }

    @Test
    void whatXmlCannotHoldIsReplaced() throws Exception {
        var failure = parse(Samples.report("one", Status.FAIL))
                .getElementsByTagName("failure")
                .item(0);
        assertEquals("what happened \uFFFD <here>", failure.getTextContent());
        assertTrue(((Element) failure).getAttribute("message").endsWith("but status 500 \uFFFD"));
    }

    private static String count(Document document, String element) {
        return Integer.toString(document.getElementsByTagName(element).getLength());
    }

    private static Document parse(Report report) throws Exception {
        var bytes = JUnitXml.write(report).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }
}
