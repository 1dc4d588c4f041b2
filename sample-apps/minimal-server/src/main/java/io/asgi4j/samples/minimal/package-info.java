/**
 * How to implement ASGI for the JVM, shown by a small server: blocking sockets and virtual threads.
 *
 * <p>Read it in the order in which a request goes through it:
 *
 * <ol>
 *   <li>{@code MinimalServer} starts, accepts and shuts down; {@code Lifespan} is its talk with the application about
 *       that.
 *   <li>{@code HttpConnection} is a client's socket; {@code RequestHead} reads one request after the other from it.
 *   <li>{@code Exchange} calls the application, with itself as {@code receive} and {@code send}; {@code HttpExchange} and
 *       {@code WebSocketExchange} say what may be sent, and read what is received.
 *   <li>{@code Inbox} is how applications wait, {@code Once} what signals them, {@code Limit} what clients can cost.
 * </ol>
 */
@NullMarked
package io.asgi4j.samples.minimal;

import org.jspecify.annotations.NullMarked;
