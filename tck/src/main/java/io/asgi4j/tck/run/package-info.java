/** Runs scenarios against a server, and says how they went and why. */
@NullMarked
package io.asgi4j.tck.run;

import org.jspecify.annotations.NullMarked;
