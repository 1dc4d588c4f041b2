/** What a scenario is: an application's script, a client's steps and what is expected of both, as data. */
@NullMarked
package io.asgi4j.tck.scenario;

import org.jspecify.annotations.NullMarked;
