/** The requirements of the specification, read from its text. */
@NullMarked
package io.asgi4j.tck.requirement;

import org.jspecify.annotations.NullMarked;
