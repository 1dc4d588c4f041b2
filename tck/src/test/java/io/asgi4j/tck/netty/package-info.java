/** Judges asgi4j's own server. */
@NullMarked
package io.asgi4j.tck.netty;

import org.jspecify.annotations.NullMarked;
