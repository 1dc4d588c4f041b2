/** The samples, each behind a real server, asked by the clients that come with the JDK. */
@NullMarked
package io.asgi4j.samples;

import org.jspecify.annotations.NullMarked;
