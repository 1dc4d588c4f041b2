/** The command line: options from four sources, the application's class, signals, log and exit status. */
@NullMarked
package io.asgi4j.server.netty.cli;

import org.jspecify.annotations.NullMarked;
