package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.scenario.Scenario;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * All areas, and the scenarios that they say, without JUnit's engine.
 *
 * <p>Test methods are found and called by reflection, as JUnit does, so that there is one way to write a scenario.
 */
public final class Areas {
    private static final List<Supplier<Tck>> ALL = List.of(
            () -> new HttpScopeTck() {},
            () -> new HttpRequestBodyTck() {},
            () -> new HttpResponseTck() {},
            () -> new HttpDisconnectTck() {},
            () -> new HttpConnectionTck() {},
            () -> new WebSocketHandshakeTck() {},
            () -> new WebSocketMessagesTck() {},
            () -> new WebSocketCloseTck() {},
            () -> new ExtensionsTck() {},
            () -> new LifespanTck() {},
            () -> new ThreadsTck() {},
            () -> new SignalsTck() {},
            () -> new CancellationTck() {},
            () -> new FlowTck() {},
            () -> new ShutdownTck() {},
            () -> new ZeroCopyTck() {},
            () -> new WireHeadTck() {},
            () -> new WireFramingTck() {},
            () -> new WireExchangeTck() {},
            () -> new WireWebSocketTck() {},
            () -> new Http2ScopeTck() {},
            () -> new RealClientTck() {});

    private Areas() {}

    /** All scenarios, by area and name. */
    public static List<Scenario> scenarios() {
        var scenarios = new ArrayList<Scenario>();
        for (var area : ALL) {
            Arrays.stream(type(area).getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Test.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> scenarios.add(scenario(area.get(), method)));
        }
        return scenarios;
    }

    /** The area classes. */
    static List<Class<?>> types() {
        return ALL.stream().<Class<?>>map(Areas::type).toList();
    }

    private static Class<?> type(Supplier<Tck> area) {
        return area.get().getClass().getSuperclass();
    }

    private static Scenario scenario(Tck area, Method method) {
        try {
            method.setAccessible(true);
            method.invoke(area);
            return ScenarioMethod.scenario(area, method);
        } catch (IllegalAccessException e) {
            throw new AssertionError("this is the same module", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(ScenarioMethod.id(method) + " says no scenario: " + e.getCause(), e);
        }
    }
}
