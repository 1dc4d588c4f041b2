/** The order of measurements, and what they amount to: medians, spreads and ratios. */
@NullMarked
package io.asgi4j.benchmarks.round;

import org.jspecify.annotations.NullMarked;
