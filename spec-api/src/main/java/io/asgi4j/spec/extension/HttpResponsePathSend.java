package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import java.nio.file.Path;

/**
 * The whole body of a response is a file.
 *
 * <p>Sent once after the start of a response, instead of any other part of a body, and completes it. The application
 * gives {@code content-type} and {@code content-length} itself. If the file cannot be read, {@code send} throws an
 * {@link java.io.IOException}, and the application may send another body.
 *
 * <p>Rules: {@code extension.pathsend.body}, {@code extension.pathsend.absolute}, {@code extension.pathsend.alone},
 * {@code extension.pathsend.fields}, {@code extension.pathsend.unreadable}, {@code extension.pathsend.length}.
 *
 * @param path the absolute path of the file
 */
public record HttpResponsePathSend(Path path) implements ExtensionOutboundEvent {

    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if the path is not absolute
     */
    public HttpResponsePathSend {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("path is not absolute: " + path);
        }
    }

    @Override
    public String type() {
        return "http.response.pathsend";
    }

    @Override
    public Class<? extends Extension> extension() {
        return PathSend.class;
    }
}
