/** The seed application: one of each scope, as small as it can be. */
@NullMarked
package io.asgi4j.samples.seed;

import org.jspecify.annotations.NullMarked;
