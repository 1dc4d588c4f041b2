package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on disk. */
class ReportJsonTests {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void aReportIsReadAsItWasWritten() throws IOException {
        var report = Samples.report("one", Status.values());
        var file = Files.writeString(folder.resolve("report.json"), ReportJson.write(report));
        var read = ReportJson.read(file);
        assertEquals(report.profiles(), read.profiles());
        assertEquals(report.requirements(), read.requirements());
        assertEquals(report.scenarios(), read.scenarios());
        assertEquals(report, read);
    }

    @Test
    void aMissingReportIsSaidToBeMissing() {
        assertRefused("there is no report " + folder.resolve("none.json"), folder.resolve("none.json"));
    }

    @Test
    void anEmptyReportIsSaidToBeEmpty() throws IOException {
        var file = Files.createFile(folder.resolve("empty.json"));
        assertRefused("the report " + file + " is empty", file);
    }

    @Test
    void anotherFileIsNoReport() throws IOException {
        var file = Files.writeString(folder.resolve("other.json"), "{}");
        assertRefused(file + " is no report: it lacks \"form\": \"asgi4j-tck report\"", file);
    }

    @Test
    void aLaterFormIsRefused() throws IOException {
        var later = ReportJson.write(Samples.report("one", Status.PASS)).replace("\"schema\" : 2", "\"schema\" : 3");
        var file = Files.writeString(folder.resolve("later.json"), later);
        assertRefused(file + " is no report: its form is version 3, and this kit reads version 2", file);
    }

    @Test
    void aDamagedReportIsRefused() throws IOException {
        var text = ReportJson.write(Samples.report("one", Status.PASS));
        var file = Files.writeString(folder.resolve("cut.json"), text.substring(0, text.length() / 2));
        var refusal = assertThrows(ReportFormatException.class, () -> ReportJson.read(file));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith(file + " is no report: "), refusal::getMessage);
    }

    private static void assertRefused(String message, Path file) {
        assertEquals(
                message,
                assertThrows(ReportFormatException.class, () -> ReportJson.read(file))
                        .getMessage());
    }
}
