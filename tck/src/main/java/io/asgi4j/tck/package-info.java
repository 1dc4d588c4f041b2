/** What the author of a server needs to know: how the kit starts a server, and what a server says of itself. */
@NullMarked
package io.asgi4j.tck;

import org.jspecify.annotations.NullMarked;
