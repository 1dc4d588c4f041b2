/**
 * The programs that are measured: the same application on each server, one program per server.
 *
 * <p>They share what they answer and how they are called, and nothing else: each is written as its server's authors advise.
 */
@NullMarked
package io.asgi4j.benchmarks.server;

import org.jspecify.annotations.NullMarked;
