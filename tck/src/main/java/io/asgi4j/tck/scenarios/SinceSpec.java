package io.asgi4j.tck.scenarios;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the version of ASGI's HTTP and WebSocket specification to which a server is held only if it announces that one or a later one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SinceSpec {
    /** The version, such as {@code 2.4}. */
    String value();
}
