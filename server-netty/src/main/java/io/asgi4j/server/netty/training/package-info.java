/** A short life of the server for the JVM to learn from, before it has to start fast. */
@NullMarked
package io.asgi4j.server.netty.training;

import org.jspecify.annotations.NullMarked;
