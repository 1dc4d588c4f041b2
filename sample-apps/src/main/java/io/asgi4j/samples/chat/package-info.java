/** A WebSocket chat room in which slow members delay nobody. */
@NullMarked
package io.asgi4j.samples.chat;

import org.jspecify.annotations.NullMarked;
