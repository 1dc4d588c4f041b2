/** Tests of running and judging. */
@NullMarked
package io.asgi4j.tck.run;

import org.jspecify.annotations.NullMarked;
