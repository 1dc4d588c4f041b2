package io.asgi4j.spec;

/**
 * Something that a server may offer beyond the protocol's core.
 *
 * <p>Its presence in a scope's {@link Extensions} says that the server offers it there. Implementations must be
 * immutable; a record suits, its components being what there is to know about the extension.
 *
 * <p>Rules: {@code extension.presence}, {@code extension.named}.
 */
public interface Extension {

    /**
     * Returns ASGI's name of the extension.
     *
     * @return the name, such as {@code "http.response.pathsend"}; the same for every object of the class
     */
    String name();
}
