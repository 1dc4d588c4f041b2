package io.asgi4j.tck.scenario;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.script.Script;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A conversation between a client and an application through a server, and what must be true of it.
 *
 * @param id the name of its class and of its method, such as {@code HttpRequestBodyTck.aChunkedBodyArrivesDecoded}
 * @param title the method's name as a sentence
 * @param requirements the slugs of the requirements that it is about
 * @param needs the features without which it means nothing
 * @param alone whether nothing else may run on the server at the same time
 * @param start how its server is started
 * @param application what the application does
 * @param client what the client does and reads, in order
 * @param trace what must be true of what happened to the application
 * @param lifespan what must be true of what happened in the application's lifespan call, once the server has stopped
 * @param reported texts that the server must have told its operator by the end
 * @param hint what is likely wrong with a server that fails; empty if nothing better than the general guess is known
 */
public record Scenario(
        String id,
        String title,
        List<String> requirements,
        Set<Feature> needs,
        boolean alone,
        Start start,
        Script application,
        List<ClientStep> client,
        List<TraceMatcher> trace,
        List<TraceMatcher> lifespan,
        List<String> reported,
        String hint) {

    /** Copies the collections. */
    public Scenario {
        requirements = List.copyOf(requirements);
        needs = Set.copyOf(needs);
        client = List.copyOf(client);
        trace = List.copyOf(trace);
        lifespan = List.copyOf(lifespan);
        reported = List.copyOf(reported);
    }

    /** The name of its area: of its class, without what all have at the end. */
    public String area() {
        var type = id.substring(0, id.indexOf('.'));
        return type.endsWith("Tck") ? type.substring(0, type.length() - 3) : type;
    }

    /** Whether it needs a server that nobody else uses, since it starts it in its own way, stops it or looks at its lifespan or its reports. */
    public boolean needsOwnServer() {
        return !start.isUsual() || !lifespan.isEmpty() || !reported.isEmpty() || stopsServer();
    }

    /** Whether its client tells the server to stop, or must see that it has stopped. */
    public boolean stopsServer() {
        return client.stream().anyMatch(ClientStep.StopServer.class::isInstance);
    }

    /** What an application must be able to do, by the names of {@link io.asgi4j.tck.script.Operations}. */
    public Set<String> operations() {
        var all = new TreeSet<>(application.operations());
        all.addAll(start.lifespan().operations());
        return all;
    }
}
