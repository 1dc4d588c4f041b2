/** The kit's command line. */
@NullMarked
package io.asgi4j.tck.cli;

import org.jspecify.annotations.NullMarked;
