package io.asgi4j.tck.launch;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.ServerInfo;
import io.asgi4j.tck.StartOption;
import java.util.Map;
import java.util.Set;

/**
 * A container image that holds a server and the kit's application.
 *
 * @param name such as {@code example/server:1.2}
 * @param port where the server listens in the container
 * @param options the environment variable that sets an option; a time is in milliseconds
 * @param info what the server is called in reports
 * @param features what it declares; empty to take what its scopes offer
 */
public record Image(String name, int port, Map<StartOption, String> options, ServerInfo info, Set<Feature> features) {
    /** Where servers listen unless something else is said. */
    public static final int USUAL_PORT = 8000;

    /** Copies the collections. */
    public Image {
        options = Map.copyOf(options);
        features = Set.copyOf(features);
    }
}
