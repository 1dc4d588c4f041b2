package io.asgi4j.tck.mutant;

import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Servers that tell the application something else than the client did. */
final class HttpScopeMutantTests extends MutantTests {
    @Test
    @Breaks(value = "http.scope.method", also = "http.scope.asterisk-form")
    void aServerThatDeliversTheMethodInLowerCaseIsCaught() throws Exception {
        kill(Mutant.ofScope(scope -> scope.toBuilder()
                .method(scope.method().toLowerCase(Locale.ROOT))
                .build()));
    }

    @Test
    @Breaks("core.version.http")
    void aServerThatAnnouncesAVersionOfItsOwnIsCaught() throws Exception {
        kill(Mutant.ofScope(
                scope -> scope.toBuilder().asgi(new AsgiVersion("3.0", "9.9")).build()));
    }

    @Test
    @Breaks("http.scope.headers")
    void aServerThatMergesFieldsOfOneNameIsCaught() throws Exception {
        kill(Mutant.ofScope(
                scope -> scope.toBuilder().headers(merged(scope.headers())).build()));
    }

    private static Headers merged(Headers headers) {
        var values = new LinkedHashMap<String, String>();
        headers.forEach(field -> values.merge(field.name(), field.value(), (first, second) -> first + ", " + second));
        return Headers.of(values.entrySet().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList());
    }
}
