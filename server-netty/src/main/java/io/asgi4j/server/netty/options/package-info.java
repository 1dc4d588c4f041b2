/** What can be set: one definition of each option feeds the builder, the command line, the environment, the file, the help. */
@NullMarked
package io.asgi4j.server.netty.options;

import org.jspecify.annotations.NullMarked;
