package io.asgi4j.tck.mutant;

import io.asgi4j.spec.AsgiVersion;
import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.State;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.tck.StartOption;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Servers that tell the application something else than the client did. */
final class HttpScopeMutantTests extends MutantTests {
    // what kind of scope it is

    @Test
    @Breaks(
            value = "core.scope.type",
            also = {
                "http.scope.method",
                "http.scope.scheme",
                "http.scope.client-not-from-fields",
                "http.scope.asterisk-form"
            })
    void aServerThatTakesRequestsForWebSocketsIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) ->
                application.handle(scope instanceof HttpScope http ? asWebSocket(http) : scope, receive, send)));
    }

    @Test
    @Breaks("core.version.core")
    void aServerThatSpeaksAnOlderProtocolIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.asgi(new AsgiVersion("2.0", "2.5"))));
    }

    @Test
    @Breaks("core.version.http")
    void aServerThatAnnouncesAVersionOfItsOwnIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.asgi(new AsgiVersion("3.0", "9.9"))));
    }

    @Test
    @Breaks("core.scope.immutable")
    void aServerWhoseHeadersCanBeChangedIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.headers(new Changeable(scope.headers()))));
    }

    // the request line

    @Test
    @Breaks("http.scope.version")
    void aServerThatNamesTheProtocolWithItsVersionIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.httpVersion("HTTP/" + scope.httpVersion())));
    }

    @Test
    @Breaks(value = "http.scope.method", also = "http.scope.asterisk-form")
    void aServerThatDeliversTheMethodInLowerCaseIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.method(scope.method().toLowerCase(Locale.ROOT))));
    }

    @Test
    @Breaks(value = "http.scope.scheme", also = "http.scope.client-not-from-fields")
    void aServerThatBelievesToBeBehindTlsIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.scheme("https")));
    }

    @Test
    @Breaks("http.scope.path")
    void aServerThatLeavesThePathEncodedIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.path(scope.rawPath())));
    }

    @Test
    @Breaks("http.scope.path")
    void aServerThatDecodesThePathTwiceIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.path(decoded(scope.path()))));
    }

    @Test
    @Breaks("http.scope.path")
    void aServerThatReadsThePathAsLatin1IsCaught() throws Exception {
        kill(changing((scope, changed) ->
                changed.path(new String(scope.path().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))));
    }

    @Test
    @Breaks("http.scope.path")
    void aServerThatTidiesThePathIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.path(
                scope.path().replace("/./", "/").replace("/b/..", "").replace("//", "/"))));
    }

    @Test
    @Breaks("http.scope.raw-path")
    void aServerThatWritesEscapesInUpperCaseIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.rawPath(Pattern.compile("%[0-9a-f]{2}")
                .matcher(scope.rawPath())
                .replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT)))));
    }

    @Test
    @Breaks(
            value = "http.scope.raw-path",
            also = "http.scope.absolute-form",
            shows = "HttpScopeTck.theQueryStaysAsItCame")
    void aServerThatLeavesTheQueryOnTheRawPathIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.rawPath(
                scope.queryString().isEmpty() ? scope.rawPath() : scope.rawPath() + "?" + scope.queryString())));
    }

    @Test
    @Breaks("http.scope.query-string")
    void aServerThatDecodesTheQueryIsCaught() throws Exception {
        kill(changing(
                (scope, changed) -> changed.queryString(scope.queryString().replace("%20", " "))));
    }

    @Test
    @Breaks("http.scope.path-malformed")
    void aServerThatTakesABrokenEscapeLiterallyIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replaceFirst("^(GET [^ ?]*)%zz ", "$1%25zz ")));
    }

    @Test
    @Breaks("http.scope.path-malformed")
    void aServerThatReplacesWhatIsNotUtf8IsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replace("%FF ", "%EF%BF%BD ")));
    }

    @Test
    @Breaks("http.scope.target-ascii")
    void aServerThatEscapesWhatTheClientShouldHaveIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replaceFirst("^(GET [^ ]*caf)\u00c3\u00a9 ", "$1%C3%A9 ")
                .replaceFirst("^(GET [^ ]*caf)\u00e9 ", "$1%E9 ")));
    }

    @Test
    @Breaks("http.scope.absolute-form")
    void aServerThatIgnoresTheAuthorityOfATargetIsCaught() throws Exception {
        kill(Mutant.ofRequestHeads(head -> head.replaceFirst("^GET http://[^/]+", "GET ")));
    }

    @Test
    @Breaks("http.scope.asterisk-form")
    void aServerThatServesTheAsteriskAsItsRootIsCaught() throws Exception {
        kill(changing(
                (scope, changed) -> scope.path().equals("*") ? changed.path("/").rawPath("/") : changed));
    }

    // where the application is mounted

    @Test
    @Breaks(value = "http.scope.root-path", also = "http.scope.path-includes-root-path")
    void aServerThatDoesNotTellWhereTheApplicationIsMountedIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.rootPath("")));
    }

    @Test
    @Breaks({"http.scope.path-includes-root-path", "http.scope.root-path-prepended"})
    void aServerThatCutsTheRootPathOffThePathIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.path(unmounted(scope))));
    }

    @Test
    @Breaks("http.scope.root-path-prepended")
    void aServerThatTakesABeginningForTheRootPathIsCaught() throws Exception {
        kill(changing((scope, changed) ->
                scope.rawPath().startsWith(scope.rootPath() + "le") ? changed.path(scope.rawPath()) : changed));
    }

    // header fields

    @Test
    @Breaks("core.headers.values-exact")
    void aServerThatReadsValuesAsUtf8IsCaught() throws Exception {
        kill(changingHeaders(fields -> fields.stream()
                .map(field -> new Header(field.name(), readAsUtf8(field.value())))
                .toList()));
    }

    @Test
    @Breaks(value = "core.headers.values-exact", shows = "HttpScopeTck.whiteSpaceAroundAValueIsNoPartOfIt")
    void aServerThatShrinksWhiteSpaceInValuesIsCaught() throws Exception {
        kill(changingHeaders(fields -> fields.stream()
                .map(field -> new Header(field.name(), field.value().replaceAll(" +", " ")))
                .toList()));
    }

    @Test
    @Breaks(value = "http.scope.headers", also = "core.headers.request-order-kept")
    void aServerThatMergesFieldsOfOneNameIsCaught() throws Exception {
        kill(changingHeaders(HttpScopeMutantTests::merged));
    }

    @Test
    @Breaks("http.scope.headers")
    void aServerThatDropsNamesWithUnderscoresIsCaught() throws Exception {
        kill(changingHeaders(fields ->
                fields.stream().filter(field -> !field.name().contains("_")).toList()));
    }

    @Test
    @Breaks(value = "core.headers.request-order-kept", also = "core.headers.order-kept")
    void aServerThatDeliversFieldsBackwardsIsCaught() throws Exception {
        kill(changingHeaders(List::reversed));
    }

    @Test
    @Breaks("core.headers.request-order-kept")
    void aServerThatSortsFieldsByNameIsCaught() throws Exception {
        kill(changingHeaders(fields ->
                fields.stream().sorted(Comparator.comparing(Header::name)).toList()));
    }

    // who talks to whom

    @Test
    @Breaks(value = "http.scope.client", also = "http.scope.client-not-from-fields")
    void aServerThatKeepsTheClientsPortToItselfIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.client(
                scope.client() instanceof TcpAddress(String host, int port) ? new TcpAddress(host, 0) : null)));
    }

    @Test
    @Breaks("http.scope.client-not-from-fields")
    void aServerThatBelievesForwardingFieldsIsCaught() throws Exception {
        kill(changing((scope, changed) -> {
            var forwarded = scope.headers().first("x-forwarded-for");
            return forwarded == null ? changed : changed.client(new TcpAddress(forwarded, 0));
        }));
    }

    @Test
    @Breaks("http.scope.server")
    void aServerThatTakesItsAddressFromTheHostFieldIsCaught() throws Exception {
        kill(changing((scope, changed) -> changed.server(
                new TcpAddress(String.valueOf(scope.headers().first("host")).replaceFirst(":.*", ""), 80))));
    }

    // state

    @Test
    @Breaks(value = "state.copied", also = "state.empty-without-lifespan")
    void aServerWhoseRequestsShareOneStateIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> {
            var shared = new ConcurrentLinkedDeque<State>();
            return (scope, receive, send) -> {
                shared.add(scope.state());
                application.handle(
                        scope instanceof HttpScope http
                                ? http.toBuilder().state(shared.getFirst()).build()
                                : scope,
                        receive,
                        send);
            };
        }));
    }

    @Test
    @Breaks("state.copied")
    void aServerThatCopiesTheValuesOfItsStateTooIsCaught() throws Exception {
        kill(changing((scope, changed) -> {
            var copy = new State();
            scope.state()
                    .asMap()
                    .forEach((key, value) ->
                            copy.put(key, value instanceof List<?> list ? new ArrayList<>(list) : value));
            return changed.state(copy);
        }));
    }

    @Test
    @Breaks("state.empty-without-lifespan")
    void aServerWhoseRequestsShareAStateWithoutLifespanIsCaught() throws Exception {
        kill(Mutant.ofStart((server, application, options) -> {
            var shared = new State();
            var isOff = options.text(StartOption.LIFESPAN).orElse("").equals("off");
            return server.start(
                    (scope, receive, send) -> application.handle(
                            scope instanceof HttpScope http && isOff
                                    ? http.toBuilder().state(shared).build()
                                    : scope,
                            receive,
                            send),
                    options);
        }));
    }

    // what the mutants above are made of

    private static Mutant changing(BiFunction<HttpScope, HttpScope.Builder, HttpScope.Builder> flaw) {
        return Mutant.ofScope(scope -> flaw.apply(scope, scope.toBuilder()).build());
    }

    private static Mutant changingHeaders(UnaryOperator<List<Header>> flaw) {
        return changing((scope, changed) -> changed.headers(Headers.of(flaw.apply(listed(scope.headers())))));
    }

    private static List<Header> listed(Headers headers) {
        return StreamSupport.stream(headers.spliterator(), false).toList();
    }

    private static List<Header> merged(List<Header> fields) {
        var values = new LinkedHashMap<String, String>();
        fields.forEach(field -> values.merge(field.name(), field.value(), (first, second) -> first + ", " + second));
        return values.entrySet().stream()
                .map(entry -> new Header(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static WebSocketScope asWebSocket(HttpScope scope) {
        return new WebSocketScope(
                scope.asgi(),
                scope.httpVersion(),
                "ws",
                scope.path(),
                scope.rawPath(),
                scope.queryString(),
                scope.rootPath(),
                scope.headers(),
                scope.client(),
                scope.server(),
                List.of(),
                scope.state(),
                scope.extensions(),
                scope.connection());
    }

    private static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String readAsUtf8(String value) {
        var text = new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.replaceAll("[^\\x00-\\xff]", "?");
    }

    private static String unmounted(HttpScope scope) {
        var path = scope.path();
        return path.startsWith(scope.rootPath() + "/")
                ? path.substring(scope.rootPath().length())
                : path;
    }

    /** Header fields that can be removed. */
    private record Changeable(List<Header> fields) implements Headers {
        Changeable(Headers headers) {
            this(new ArrayList<>(listed(headers)));
        }

        @Override
        public int size() {
            return fields.size();
        }

        @Override
        public Header get(int index) {
            return fields.get(index);
        }

        @Override
        public Iterator<Header> iterator() {
            return fields.iterator();
        }
    }
}
