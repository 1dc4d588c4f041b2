/**
 * What the drivers of all versions of HTTP share: targets, fields and the rules for both, scopes, and how connections wait and end.
 *
 * <p>It knows no framing: that is each driver's own.
 */
@NullMarked
package io.asgi4j.server.netty.http;

import org.jspecify.annotations.NullMarked;
