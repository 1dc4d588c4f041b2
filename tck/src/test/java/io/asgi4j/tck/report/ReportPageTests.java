package io.asgi4j.tck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.asgi4j.tck.run.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that people look at. */
class ReportPageTests {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final int LIMIT_SECONDS = 60;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingIsLoadedFromElsewhere() {
        var page = ReportPage.write(Samples.report("one", Status.values()));
        assertFalse(Pattern.compile("<link|<img|<iframe|\\ssrc=|@import|url\\(")
                .matcher(page)
                .find());
    }

    @Test
    void textOfTheServerIsOnlyText() {
        var page = ReportPage.write(Samples.report("<b>evil</b>", Status.FAIL));
        assertFalse(page.contains("<b>evil"));
        assertEquals(1, Pattern.compile("</script>").matcher(page).results().count());
    }

    @Test
    void everyScenarioAndEverySentenceIsThere() {
        var page = ReportPage.write(Samples.report("one", Status.values()));
        for (var status : Status.values()) {
            assertTrue(page.contains("id=\"HttpRequestBodyTck.sample" + status.name() + "\""), status::name);
        }
        assertTrue(page.contains("A server MUST deliver the body of a <code>chunked</code> request decoded."));
        assertTrue(page.contains("curl 'http://127.0.0.1/?a=1&amp;b=2'"));
    }

    @Test
    void aBrowserShowsIt() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium here");
        var page = Files.writeString(
                folder.resolve("report.html"), ReportPage.write(Samples.report("one", Status.values())));
        var image = folder.resolve("report.png");
        browse(
                folder.resolve("shot.log"),
                "--window-size=1000,800",
                "--screenshot=" + image,
                page.toUri().toString());
        var pixels = ImageIO.read(image.toFile());
        assertEquals(1000, pixels.getWidth());
        var colours = pixels.getRGB(0, 0, 1000, 800, null, 0, 1000);
        assertTrue(Arrays.stream(colours).distinct().count() > 20, "the page is blank");
    }

    @Test
    void itsFiltersRunInABrowser() throws Exception {
        assumeTrue(Files.isExecutable(CHROMIUM), "no Chromium here");
        var page = Files.writeString(
                folder.resolve("report.html"), ReportPage.write(Samples.report("one", Status.values())));
        var document = folder.resolve("document.html");
        browse(document, "--dump-dom", page.toUri() + "#HttpRequestBodyTck.sampleFAIL");
        var text = Files.readString(document);
        assertTrue(text.contains("<span id=\"shown\">" + Status.values().length + " scenarios</span>"));
        var opened = Pattern.compile("<details [^>]*id=\"HttpRequestBodyTck.sampleFAIL\"[^>]* open");
        assertTrue(opened.matcher(text).find(), "the scenario that the address names is open");
    }

    private void browse(Path output, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(arguments));
        var browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("chromium.log").toFile())
                .start();
        try {
            assertTrue(browser.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "Chromium hangs");
            assertEquals(0, browser.exitValue(), () -> "Chromium failed, see " + folder);
        } finally {
            browser.destroyForcibly();
        }
    }
}
