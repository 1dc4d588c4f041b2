/** Runs scenarios and reaches a verdict on each. */
@NullMarked
package io.asgi4j.tck.run;

import org.jspecify.annotations.NullMarked;
