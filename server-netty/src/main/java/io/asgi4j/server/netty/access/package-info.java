/** The access log: one line for each request, written so that no client can forge another. */
@NullMarked
package io.asgi4j.server.netty.access;

import org.jspecify.annotations.NullMarked;
