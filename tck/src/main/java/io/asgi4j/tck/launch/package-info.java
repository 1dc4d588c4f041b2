/** The ways to get a server that can be judged: in this process, by a command, at an address, from a container image. */
@NullMarked
package io.asgi4j.tck.launch;

import org.jspecify.annotations.NullMarked;
