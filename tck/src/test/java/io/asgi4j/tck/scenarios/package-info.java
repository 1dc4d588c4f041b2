/** Tests of how test methods become scenarios. */
@NullMarked
package io.asgi4j.tck.scenarios;

import org.jspecify.annotations.NullMarked;
