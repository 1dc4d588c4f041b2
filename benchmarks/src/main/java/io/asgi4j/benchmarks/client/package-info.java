/** A small client on Netty, for what no load generator does: WebSockets, a fixed rate of requests, and connections that stay. */
@NullMarked
package io.asgi4j.benchmarks.client;

import org.jspecify.annotations.NullMarked;
