package io.asgi4j.tck.app;

import io.asgi4j.tck.script.Script;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The scenarios that are installed. Any thread may call any method. */
final class Scenarios {
    /** How many there may be at a time. */
    static final int MAX_SCENARIOS = 1_000;

    /** What stands under this id is not a scenario but the lifespan. */
    static final String LIFESPAN = "lifespan";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, Installed> byId = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Consumer<String> lines;

    Scenarios(Clock clock, Consumer<String> lines, Script lifespan) {
        this.clock = clock;
        this.lines = lines;
        byId.put(LIFESPAN, new Installed(LIFESPAN, new Script(lifespan.calls(), true), clock, lines));
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    boolean isFull() {
        return byId.size() >= MAX_SCENARIOS;
    }

    /** Installs a script; returns false if there is one under this id. */
    boolean install(String id, Script script) {
        return byId.putIfAbsent(id, new Installed(id, script, clock, lines)) == null;
    }

    Optional<Installed> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<Installed> remove(String id) {
        return id.equals(LIFESPAN) ? Optional.empty() : Optional.ofNullable(byId.remove(id));
    }

    Installed lifespan() {
        return find(LIFESPAN).orElseThrow();
    }
}
