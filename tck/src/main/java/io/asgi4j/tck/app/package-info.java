/** The application under test: runs the scripts it is given and records what happens, and judges nothing. */
@NullMarked
package io.asgi4j.tck.app;

import org.jspecify.annotations.NullMarked;
