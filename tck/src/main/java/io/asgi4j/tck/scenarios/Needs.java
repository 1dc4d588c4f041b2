package io.asgi4j.tck.scenarios;

import io.asgi4j.tck.Feature;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the features without which a scenario, or a whole area, means nothing. {@link Feature#HTTP} goes without saying. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Needs {
    /** The features. */
    Feature[] value();
}
