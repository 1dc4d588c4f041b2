/** Where connections come in: sockets that listen, the connections they accepted, and the end of both. */
@NullMarked
package io.asgi4j.server.netty.listener;

import org.jspecify.annotations.NullMarked;
