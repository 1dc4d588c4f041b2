/**
 * The server as a library: {@link io.asgi4j.server.netty.NettyServer} starts and stops it, {@link
 * io.asgi4j.server.netty.options.ServerOptions} tunes it.
 */
@NullMarked
package io.asgi4j.server.netty;

import org.jspecify.annotations.NullMarked;
