/**
 * The scenarios, by area. Each area is an abstract class with final test methods, of which a server's module has a subclass in one
 * line.
 */
@NullMarked
package io.asgi4j.tck.scenarios;

import org.jspecify.annotations.NullMarked;
