package io.asgi4j.tck.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.run.Outcome;
import io.asgi4j.tck.run.Status;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.scenarios.Areas;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A hunt brings home what it should, and ways to break a server that break nothing are not what is caught. */
@Tag("mutant")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
final class HuntTests {
    private static final Mutant LOWER_CASE = Mutant.ofScope(scope ->
            scope.toBuilder().method(scope.method().toLowerCase(Locale.ROOT)).build());

    private @Nullable Breaks breaks;

    @BeforeEach
    void look(TestInfo info) {
        breaks = info.getTestMethod().orElseThrow().getAnnotation(Breaks.class);
    }

    @Test
    @Breaks(value = "http.scope.scheme", also = "http.scope.method")
    void aMutantThatSurvivesIsComplainedOf() throws Exception {
        var complaint = hunt(LOWER_CASE, "").complaint();

        assertEquals(
                "SURVIVED: no scenario of http.scope.scheme failed, of these:"
                        + " [HttpScopeTck.theSchemeOfAPlainConnectionIsHttp PASS]",
                complaint);
    }

    @Test
    @Breaks("http.scope.method")
    void aMutantThatBreaksMoreThanItSaysIsComplainedOf() throws Exception {
        var complaint = hunt(LOWER_CASE, "HttpScope").complaint();

        assertTrue(
                complaint.startsWith(
                        "NOT DECLARED in \"also\": FAIL HttpScopeTck.theTargetOfAnOptionsRequestMayBeAnAsterisk: "),
                complaint);
    }

    @Test
    @Breaks(value = "http.scope.method", also = "http.scope.asterisk-form")
    void aMutantThatDoesWhatItSaysIsNoReasonToComplain() throws Exception {
        var hunt = hunt(LOWER_CASE, "HttpScope");

        assertEquals("", hunt.complaint());
        assertEquals(
                "HttpScopeTck.aMinimalRequestHasACompleteScope",
                hunt.shown().orElseThrow().scenario().id());
    }

    @Test
    @Breaks({})
    void aProxyThatChangesNothingBreaksNothing() throws Exception {
        survivesEverything(Mutant.ofWire(wire -> new Rewrite() {}, wire -> new Rewrite() {}));
    }

    @Test
    @Breaks({})
    void anApplicationThatIsWrappedBreaksNothing() throws Exception {
        survivesEverything(Mutant.ofApplication(
                application -> (scope, receive, send) -> application.handle(scope, receive::receive, send::send)));
    }

    @Test
    @Breaks("http.invalid.overload")
    void aServerMayLetConnectionsWaitThatAreTooMany() throws Exception {
        var waiting = Mutant.ofStart((server, application, options) -> {
            var addresses = new Addresses();
            var started = server.start(addresses.wrap(application), options);
            var most = options.count(StartOption.MAX_CONNECTIONS).orElse(Integer.MAX_VALUE);
            var proxy = Proxy.openLimited(started.baseUri().getPort(), addresses, most);
            return new Proxied(started, proxy, proxy::stopAccepting);
        });

        assertEquals(
                List.of(Status.PASS),
                hunt(waiting, "").outcomes().stream().map(Outcome::status).toList());
    }

    private void survivesEverything(Mutant mutant) throws InterruptedException {
        var areas = Areas.scenarios().stream().map(Scenario::area).distinct().toList();
        for (var area : areas) {
            assertEquals("", hunt(mutant, area).complaint());
        }
    }

    private Hunt hunt(Mutant mutant, String area) throws InterruptedException {
        return Hunt.of(mutant, Objects.requireNonNull(breaks), area);
    }
}
