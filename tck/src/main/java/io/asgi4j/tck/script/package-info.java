/** What an application is told to do, and what it records while it does it, as data that reads and writes JSON. */
@NullMarked
package io.asgi4j.tck.script;

import org.jspecify.annotations.NullMarked;
