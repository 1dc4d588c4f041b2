/** Tests of scenarios as data. */
@NullMarked
package io.asgi4j.tck.scenario;

import org.jspecify.annotations.NullMarked;
