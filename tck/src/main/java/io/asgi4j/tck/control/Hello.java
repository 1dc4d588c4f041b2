package io.asgi4j.tck.control;

import io.asgi4j.tck.script.TraceEntry;
import java.util.List;
import java.util.Set;

/**
 * What the application under test says of itself.
 *
 * @param application its name
 * @param language the language that it is written in, with the version
 * @param instance differs from process to process: two values in one run mean several workers
 * @param clock how its clock stands to that of this process
 * @param asgiVersion what the server announced as {@code asgi["version"]}
 * @param specVersion what the server announced as {@code asgi["spec_version"]} for HTTP; 2.0 if it announced none
 * @param operations what its scripts may ask for; see {@link io.asgi4j.tck.script.Operations}
 * @param extensions what the server offered for this request
 * @param lifespan what happened so far in the lifespan call
 */
public record Hello(
        String application,
        String language,
        String instance,
        ClockOffset clock,
        String asgiVersion,
        String specVersion,
        Set<String> operations,
        Set<String> extensions,
        List<TraceEntry> lifespan) {
    /** The version of the control protocol that is spoken here. */
    public static final int PROTOCOL = 1;

    /** Copies the collections. */
    public Hello {
        operations = Set.copyOf(operations);
        extensions = Set.copyOf(extensions);
        lifespan = List.copyOf(lifespan);
    }

    /** Whether it is written on asgi4j's types, so that asgi4j's own rules bind its server. */
    public boolean isOnJava() {
        return language.startsWith("java");
    }

    /** Whether the server called it for the lifespan. */
    public boolean hasLifespan() {
        return !lifespan.isEmpty();
    }

    /** Whether the server gave that call a state. */
    public boolean hasState() {
        return lifespan.stream().map(TraceEntry::event).anyMatch(event -> event != null && event.get("state") != null);
    }

    /** The same, with what another answer tells about the clock. */
    public Hello sharpenedBy(Hello other) {
        return new Hello(
                application,
                language,
                instance,
                clock.and(other.clock),
                asgiVersion,
                specVersion,
                operations,
                extensions,
                lifespan);
    }
}
