/** Tests of the ways to get a server. */
@NullMarked
package io.asgi4j.tck.launch;

import org.jspecify.annotations.NullMarked;
