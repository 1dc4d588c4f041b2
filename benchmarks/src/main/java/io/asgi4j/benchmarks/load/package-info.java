/** What is done to a server, and what is measured meanwhile. */
@NullMarked
package io.asgi4j.benchmarks.load;

import org.jspecify.annotations.NullMarked;
