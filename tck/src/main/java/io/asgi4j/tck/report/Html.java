package io.asgi4j.tck.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Pages that hold everything they need, and text in them. */
final class Html {
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Html() {}

    /** The text as it is. */
    static String text(Object value) {
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A sentence of the specification: what stands in back-quotes is code. */
    static String sentence(String markdown) {
        return CODE.matcher(text(markdown)).replaceAll("<code>$1</code>");
    }

    /** A whole page, which loads nothing: style and script are in it, and a policy keeps it so. */
    static String page(String title, String body) {
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy"
                  content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            %s<script>
            %s</script>
            </body>
            </html>
            """.formatted(text(title), resource("report.css"), body, resource("report.js"));
    }

    private static String resource(String name) {
        try (var stream = Html.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the kit was built without " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
