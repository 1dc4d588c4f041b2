/** Middleware: timing, an error page, and applications mounted under a root path. */
@NullMarked
package io.asgi4j.samples.middleware;

import org.jspecify.annotations.NullMarked;
