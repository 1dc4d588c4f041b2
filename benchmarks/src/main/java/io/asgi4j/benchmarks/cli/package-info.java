/** The command line of the benchmarks. */
@NullMarked
package io.asgi4j.benchmarks.cli;

import org.jspecify.annotations.NullMarked;
