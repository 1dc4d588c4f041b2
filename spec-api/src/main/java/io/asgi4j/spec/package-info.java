/**
 * The protocol: {@link io.asgi4j.spec.Application}, its {@link io.asgi4j.spec.Scope scopes} and
 * {@link io.asgi4j.spec.Event events}.
 *
 * <p>An application is one method. The server calls it once per scope (one HTTP request, one WebSocket, one life of the
 * server) on a thread that may block, usually a virtual one. The application calls {@code receive} for the next event
 * and {@code send} to answer; both block until they are done.
 *
 * <p>Names mirror ASGI's wire names: {@code http.response.start} is {@link io.asgi4j.spec.HttpResponseStart},
 * {@code more_body} is {@code moreBody}. All types here are immutable, except {@link io.asgi4j.spec.State}, which is
 * thread-safe.
 */
@NullMarked
package io.asgi4j.spec;

import org.jspecify.annotations.NullMarked;
