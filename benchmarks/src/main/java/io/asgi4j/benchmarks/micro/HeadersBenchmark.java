package io.asgi4j.benchmarks.micro;

import io.asgi4j.spec.Headers;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Header lists as applications make and ask them. */
@State(Scope.Thread)
public class HeadersBenchmark {
    private final Headers browser = Browser.headers();

    /** What an application writes for each response, unless it keeps it in a constant. */
    @Benchmark
    public Headers fourFieldsAreValidated() {
        return Headers.of(
                "content-type", "text/html; charset=utf-8",
                "content-length", "1024",
                "cache-control", "no-store",
                "x-request-id", "5f2b6c1e");
    }

    @Benchmark
    public @Nullable String aFieldIsFoundAmongTen() {
        return browser.first("accept-language");
    }

    @Benchmark
    public @Nullable String aFieldIsMissingAmongTen() {
        return browser.first("authorization");
    }

    @Benchmark
    public Headers aFieldIsAdded() {
        return browser.with("x-request-id", "5f2b6c1e");
    }
}
