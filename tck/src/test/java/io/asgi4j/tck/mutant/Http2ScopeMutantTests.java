package io.asgi4j.tck.mutant;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Servers that tell the application something else of a request over HTTP/2 than the client said. */
final class Http2ScopeMutantTests extends MutantTests {
    @Test
    @Breaks("http2.scope.version")
    void aServerThatWritesTheVersionWithADotIsCaught() throws Exception {
        kill(ofScope(scope -> scope.toBuilder().httpVersion("2.0").build()));
    }

    @Test
    @Breaks("http2.scope.cookies")
    void aServerThatJoinsCrumbsByCommasIsCaught() throws Exception {
        kill(ofFields((fields, field) -> fields.add(
                field.name(), field.name().equals("cookie") ? field.value().replace("; ", ", ") : field.value())));
    }

    @Test
    @Breaks("core.headers.authority-is-host")
    void aServerThatDropsTheAuthorityIsCaught() throws Exception {
        kill(ofFields((fields, field) -> {
            if (!field.name().equals("host")) {
                fields.add(field.name(), field.value());
            }
        }));
    }

    @Test
    @Breaks("http.scope.multiplexed")
    void aServerThatForgetsWhatWasAskedForIsCaught() throws Exception {
        kill(ofScope(scope -> "2".equals(scope.headers().first("x-number"))
                ? scope.toBuilder().queryString("n=1").build()
                : scope));
    }

    private static Mutant ofScope(UnaryOperator<HttpScope> flaw) {
        return Mutant.ofScope(scope -> scope.httpVersion().equals("2") ? flaw.apply(scope) : scope);
    }

    /** Puts each field into the scope in another way. */
    private static Mutant ofFields(Putting flaw) {
        return ofScope(scope -> {
            var fields = Headers.builder();
            scope.headers().forEach(field -> flaw.put(fields, field));
            return scope.toBuilder().headers(fields.build()).build();
        });
    }

    @FunctionalInterface
    private interface Putting {
        void put(Headers.Builder fields, Header field);
    }
}
