/** What the author of a server uses: how to plug a server in, and the base of the scenarios' test classes. */
@NullMarked
package io.asgi4j.tck;

import org.jspecify.annotations.NullMarked;
