/** Each behaviour of the small server, over sockets. */
@NullMarked
package io.asgi4j.samples.minimal;

import org.jspecify.annotations.NullMarked;
