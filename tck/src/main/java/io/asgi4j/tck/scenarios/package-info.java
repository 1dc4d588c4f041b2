/** The scenarios, one abstract class for each area of the specification. */
@NullMarked
package io.asgi4j.tck.scenarios;

import org.jspecify.annotations.NullMarked;
