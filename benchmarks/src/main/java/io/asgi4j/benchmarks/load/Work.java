package io.asgi4j.benchmarks.load;

import io.asgi4j.benchmarks.client.Exchange;
import io.asgi4j.benchmarks.peer.Feature;
import io.asgi4j.benchmarks.peer.Installation;
import io.asgi4j.benchmarks.peer.Server;
import java.io.IOException;

/** A request and the answer that it has to get; the body's bytes as ISO-8859-1. */
record Work(Request request, String contentType, String body, Feature needs) {
    private static final String LANGUAGE = "en-GB,en;q=0.9,de;q=0.7";
    private static final int STREAM_SIZE = 64 << 10;

    static final Work HELLO = hello("/hello");

    /** Answered after a wait of 5 ms. */
    static final Work BLOCK = hello("/block");

    /** A request with the ten fields of a browser's. */
    static final Work JSON = new Work(
            Request.get(
                    "/json",
                    "connection: keep-alive",
                    "user-agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                    "accept: application/json, text/plain;q=0.9, */*;q=0.8",
                    "accept-language: " + LANGUAGE,
                    "accept-encoding: gzip, deflate, br, zstd",
                    "referer: https://www.example.com/products/list?page=3&sort=price",
                    "cookie: session=8f14e45fceea167a5a36dedd4bea2543; theme=dark; consent=necessary,statistics",
                    "sec-fetch-dest: empty",
                    "sec-fetch-mode: cors",
                    "sec-fetch-site: same-origin"),
            "application/json",
            "{\"message\":\"Hello, world!\",\"language\":\"" + LANGUAGE + "\"}",
            Feature.HTTP);

    static final Work STREAM = new Work(Request.get("/stream"), "text/plain", "x".repeat(STREAM_SIZE), Feature.HTTP);

    static final Work FILE =
            new Work(Request.get("/file"), "application/octet-stream", Installation.fileContent(), Feature.FILE);

    static Work echo(int size) {
        var body = "abcdefghijklmnop".repeat(size / 16);
        return new Work(Request.post("/echo", body), "application/octet-stream", body, Feature.HTTP);
    }

    /** Compares all of the answer to one request. */
    Answer check(Server server) throws IOException {
        var answer = Answer.ask(server.address(), request.encoded(server));
        answer.expect(contentType, body);
        return answer;
    }

    /** The request and the answer that the server gives to it. */
    Exchange exchange(Server server) throws IOException {
        return new Exchange(request.encoded(server), check(server).wire());
    }

    private static Work hello(String path) {
        return new Work(Request.get(path), "text/plain", "Hello, world!", Feature.HTTP);
    }
}
