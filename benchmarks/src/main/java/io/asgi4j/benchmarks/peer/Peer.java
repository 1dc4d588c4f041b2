package io.asgi4j.benchmarks.peer;

import java.util.Set;

/**
 * A server that is measured.
 *
 * @param name what stands in tables and on the command line
 * @param description how it is used, in a few words
 * @param lacks what it cannot do; it is left out of loads that need it
 */
public record Peer(String name, String description, Program program, Set<Feature> lacks) {
    public Peer {
        lacks = Set.copyOf(lacks);
    }

    public boolean has(Feature feature) {
        return !lacks.contains(feature);
    }

    /** The same peer, known not to have a feature. */
    Peer without(Feature feature) {
        return new Peer(name, description, program, Set.of(feature));
    }

    @Override
    public String toString() {
        return name;
    }
}
