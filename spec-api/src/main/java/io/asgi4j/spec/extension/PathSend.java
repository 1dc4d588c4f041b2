package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;

/**
 * The server can send a file that it is told the path of; offers {@link HttpResponsePathSend}.
 *
 * <p>Rules: {@code extension.where-valid}, {@code extension.pathsend.body}.
 */
public record PathSend() implements Extension {

    @Override
    public String name() {
        return "http.response.pathsend";
    }
}
