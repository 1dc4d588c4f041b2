/** The application's threads: every exchange is one call of the application on a virtual thread of its own. */
@NullMarked
package io.asgi4j.server.netty.runner;

import org.jspecify.annotations.NullMarked;
