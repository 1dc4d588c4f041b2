package io.asgi4j.benchmarks.micro;

import io.asgi4j.spec.Headers;
import java.nio.charset.StandardCharsets;

/** The request of a browser. */
public final class Browser {
    private static final Headers HEADERS = Headers.of(
            "host", "www.example.com",
            "user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
            "accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "accept-language", "en-GB,en;q=0.7,de;q=0.3",
            "accept-encoding", "gzip, deflate, br, zstd",
            "referer", "https://www.example.com/catalogue",
            "cookie", "session=0d1f7a6be2c94e0f8d1c; theme=dark",
            "sec-fetch-dest", "document",
            "sec-fetch-mode", "navigate",
            "sec-fetch-site", "same-origin");

    private Browser() {}

    /** {@return its ten fields} */
    public static Headers headers() {
        return HEADERS;
    }

    /** {@return its head as it stands on the wire} */
    public static byte[] head() {
        var head = new StringBuilder("GET /items/42?sort=price HTTP/1.1\r\n");
        for (var field : HEADERS) {
            head.append(field.name()).append(": ").append(field.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
