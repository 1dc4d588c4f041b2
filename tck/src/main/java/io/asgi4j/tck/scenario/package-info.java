/**
 * Scenarios as data, and the language in which they are written.
 *
 * <p>A scenario says what the application does, what a client does and reads, and what must then be true. Nothing here talks to a
 * server.
 */
@NullMarked
package io.asgi4j.tck.scenario;

import org.jspecify.annotations.NullMarked;
