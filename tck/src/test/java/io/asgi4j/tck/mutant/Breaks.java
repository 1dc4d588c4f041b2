package io.asgi4j.tck.mutant;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what the mutant of a test method breaks. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Breaks {
    /** The slugs of the requirements that it breaks: each must be failed by at least one of its scenarios. */
    String[] value();

    /** What may fail with them: slugs of requirements, and ids of scenarios. */
    String[] also() default {};

    /** The id of the scenario whose message is kept; if empty, the first one of the first requirement that fails. */
    String shows() default "";

    /** Whether it is hunted with all the patience of the kit, since a server that is slow would seem to be sound. */
    boolean patiently() default false;
}
