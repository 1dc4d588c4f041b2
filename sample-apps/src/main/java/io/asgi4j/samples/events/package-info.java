/** Server-sent events that end well when the server stops. */
@NullMarked
package io.asgi4j.samples.events;

import org.jspecify.annotations.NullMarked;
