/** What tests that go over a socket need: a server in this JVM, a client that writes literal bytes, logs, leaks. */
@NullMarked
package io.asgi4j.server.netty.testing;

import org.jspecify.annotations.NullMarked;
