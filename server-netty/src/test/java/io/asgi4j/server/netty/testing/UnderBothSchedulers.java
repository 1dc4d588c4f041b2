package io.asgi4j.server.netty.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a class of {@link ServerTests} with applications on their loop's carrier, and on the shared scheduler. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@MethodSource("io.asgi4j.server.netty.testing.Setup#schedulers")
public @interface UnderBothSchedulers {}
