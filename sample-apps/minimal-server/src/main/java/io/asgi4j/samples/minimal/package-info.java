/**
 * How to implement ASGI for the JVM, shown by a small server: blocking sockets, virtual threads, one lock for each connection.
 *
 * <p>Read it in the order in which a request goes through it:
 *
 * <ol>
 *   <li>{@code MinimalServer} starts, accepts and shuts down; {@code Lifespan} is its talk with the application about
 *       that.
 *   <li>{@code HttpConnection} reads one {@code RequestHead} after the other from the {@code Wire}, which is the client's
 *       socket, and serves each before the next.
 *   <li>{@code Exchange} calls the application, with itself as {@code receive} and {@code send}; {@code HttpExchange} and
 *       {@code WebSocketExchange} say what may be received and sent, and read what the client sends.
 *   <li>{@code Monitor} is how all of them wait, {@code Once} how they tell, {@code Limit} what they bound.
 * </ol>
 */
@NullMarked
package io.asgi4j.samples.minimal;

import org.jspecify.annotations.NullMarked;
