/**
 * ASGI's extensions: what a server may offer.
 *
 * <p>Each extension is a record that implements {@link io.asgi4j.spec.Extension}. A server that offers it puts the
 * record into the scope's {@link io.asgi4j.spec.Extensions}; its presence is the feature flag. An application looks
 * first and only then sends the extension's events:
 *
 * {@snippet :
 * if (http.extensions().has(PathSend.class)) {
 *     send.send(new HttpResponsePathSend(file.toAbsolutePath()));
 * }
 * }
 */
@NullMarked
package io.asgi4j.spec.extension;

import org.jspecify.annotations.NullMarked;
