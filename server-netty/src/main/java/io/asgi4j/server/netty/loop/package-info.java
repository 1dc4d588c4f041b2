/**
 * The event loops of a server and the threads its applications run on: owner of every platform thread that moves bytes.
 *
 * <p>In loop mode one platform thread per loop, the {@linkplain io.asgi4j.server.netty.loop.Carrier carrier}, runs virtual
 * threads only: the event loop is one of them, the applications of its connections are the others. A request then
 * never changes its platform thread, and a lock that an application holds while it waits can never stop a loop for good,
 * because the loop that wants the lock merely waits too. In shared mode the loops are ordinary platform threads and the
 * applications run on the JVM's default scheduler.
 */
@NullMarked
package io.asgi4j.server.netty.loop;

import org.jspecify.annotations.NullMarked;
