/** The ways to get a server to judge: in process, by a command, by its address, from an image. */
@NullMarked
package io.asgi4j.tck.launch;

import org.jspecify.annotations.NullMarked;
