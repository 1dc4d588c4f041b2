package io.asgi4j.tck.app;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import io.asgi4j.tck.script.TraceEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The application that servers are judged by: it does what the script of a scenario says, records what happens, and judges
 * nothing.
 *
 * <p>A driver controls it over plain HTTP of the server under test, as PROTOCOL.md says. Many scenarios may run at the same time.
 * Any thread may call any method.
 */
public final class TckApplication implements Application {
    /** The environment variable that holds the script of the lifespan call, in JSON. */
    public static final String LIFESPAN_VARIABLE = "ASGI4J_TCK_LIFESPAN";

    private static final String SCENARIO_HEADER = "x-tck-scenario";
    private static final Pattern SCENARIO_PATH = Pattern.compile("/t/([^/]+)(?:/.*)?", Pattern.DOTALL);

    private final Scenarios scenarios;
    private final ControlEndpoints control;

    /**
     * Makes the application of a server's process: the environment holds the script of the lifespan, and standard output gets what
     * nobody can ask for any more.
     *
     * @throws io.asgi4j.tck.script.ScriptException if the environment holds no script
     */
    public TckApplication() {
        this(lifespanOfEnvironment(), System.out::println);
    }

    /** Makes an application that is judged in this process, which prints nothing. */
    public TckApplication(Script lifespan) {
        this(lifespan, line -> {});
    }

    /**
     * Makes an application.
     *
     * @param lifespan the script of the lifespan call
     * @param lines takes a line for each entry of a trace that is to be printed; called on any thread, by one at a time for
     *     one scenario
     */
    public TckApplication(Script lifespan, Consumer<String> lines) {
        var clock = new Clock();
        scenarios = new Scenarios(clock, lines, lifespan);
        control = new ControlEndpoints(scenarios, clock);
    }

    private static Script lifespanOfEnvironment() {
        var text = System.getenv(LIFESPAN_VARIABLE);
        return text == null || text.isEmpty() ? Script.LIFESPAN : ScriptJson.parse(text);
    }

    /** What happened so far in a scenario, for a driver in the same process; empty if there is no such scenario. */
    public Optional<List<TraceEntry>> trace(String scenario) {
        return scenarios.find(scenario).map(installed -> installed.trace().entries());
    }

    /** What happened so far in the lifespan call, for a driver in the same process. */
    public List<TraceEntry> lifespanTrace() {
        return scenarios.lifespan().trace().entries();
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws Exception {
        switch (scope) {
            case LifespanScope lifespan -> scenarios.lifespan().call(scope, receive, send);
            case HttpScope http -> handle(http, receive, send);
            case WebSocketScope socket -> handle(socket, receive, send);
            case ExtensionScope other -> throw new UnsupportedScopeException(other);
        }
    }

    private void handle(HttpScope scope, Receive receive, Send send) throws Exception {
        var path = unmounted(scope.path(), scope.rootPath());
        if (path.startsWith(ControlEndpoints.PREFIX)) {
            control.handle(scope, path, receive, send);
            return;
        }
        var scenario = scenario(scope.headers(), path);
        if (scenario.isPresent()) {
            scenario.get().call(scope, receive, send);
        } else {
            Answer.error(404, "no scenario has the path " + path).send(send);
        }
    }

    private void handle(WebSocketScope scope, Receive receive, Send send) throws Exception {
        var scenario = scenario(scope.headers(), unmounted(scope.path(), scope.rootPath()));
        if (scenario.isPresent()) {
            scenario.get().call(scope, receive, send);
        } else {
            send.send(new WebSocketClose());
        }
    }

    private static String unmounted(String path, String rootPath) {
        return path.startsWith(rootPath) ? path.substring(rootPath.length()) : path;
    }

    private Optional<Installed> scenario(Headers headers, String path) {
        var named = headers.first(SCENARIO_HEADER);
        if (named != null) {
            return scenarios.find(named);
        }
        var matcher = SCENARIO_PATH.matcher(path);
        return matcher.matches() ? scenarios.find(matcher.group(1)) : Optional.empty();
    }
}
