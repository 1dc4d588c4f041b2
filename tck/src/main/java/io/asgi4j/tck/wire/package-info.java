/** A client that sends literal bytes and reads whatever comes back. */
@NullMarked
package io.asgi4j.tck.wire;

import org.jspecify.annotations.NullMarked;
