/** The servers that are measured: how each is started, and what the kernel and the JVM tell of its process. */
@NullMarked
package io.asgi4j.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
