/**
 * The hot pieces by themselves, in nanoseconds and bytes: {@link io.asgi4j.benchmarks.micro.MicroBenchmarks} runs them all.
 *
 * <p>What is not visible from here is measured by classes in the packages it belongs to.
 */
@NullMarked
package io.asgi4j.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
