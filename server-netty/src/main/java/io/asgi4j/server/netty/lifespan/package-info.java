/** The lifespan protocol: the application hears of the server's start before the first connection and of its end after the last. */
@NullMarked
package io.asgi4j.server.netty.lifespan;

import org.jspecify.annotations.NullMarked;
