package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.Scenario;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The name of a test method and what is written on it, which makes its scenario complete. */
final class ScenarioMethod {
    private ScenarioMethod() {}

    /** The scenario that an area said when this method of it was called. */
    static Scenario scenario(Tck area, Method method) {
        var requirement = method.getAnnotation(Requirement.class);
        if (requirement == null || requirement.value().length == 0) {
            throw new IllegalStateException(id(method) + " names no requirement");
        }
        return area.said()
                .build(
                        id(method),
                        sentence(method.getName()),
                        List.of(requirement.value()),
                        needs(method),
                        method.isAnnotationPresent(Alone.class));
    }

    /** The name of the class that has the method, and the method's. */
    static String id(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static Set<Feature> needs(Method method) {
        var needs = EnumSet.of(Feature.HTTP);
        var ofArea = method.getDeclaringClass().getAnnotation(Needs.class);
        if (ofArea != null) {
            needs.addAll(List.of(ofArea.value()));
        }
        var ofScenario = method.getAnnotation(Needs.class);
        if (ofScenario != null) {
            needs.addAll(List.of(ofScenario.value()));
        }
        return needs;
    }

    /** {@code aChunkedBodyArrivesDecoded} becomes "A chunked body arrives decoded". */
    static String sentence(String name) {
        var words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])", " ");
        var sentence = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            var isAcronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
            sentence.append(sentence.isEmpty() ? "" : " ").append(isAcronym ? word : word.toLowerCase(Locale.ROOT));
        }
        var text = sentence.toString().replaceAll("\\bweb socket", "WebSocket");
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
