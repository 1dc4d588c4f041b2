package io.asgi4j.server.netty.cli;

import static java.lang.reflect.Modifier.isPublic;
import static java.lang.reflect.Modifier.isStatic;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Names an application on the command line: {@code package.Class} or {@code package.Class::member}.
 *
 * <p>A class alone implements {@link Application} and has a public constructor without parameters. A member is public and
 * static: a field that holds an application, a method without parameters that returns one, or a method with an
 * application's own parameters.
 *
 * @param className the class
 * @param member the field or method, if one is named
 */
record ApplicationName(String className, @Nullable String member) {
    static ApplicationName parse(String text) {
        var colons = text.indexOf("::");
        return colons < 0
                ? new ApplicationName(text, null)
                : new ApplicationName(text.substring(0, colons), text.substring(colons + 2));
    }

    /**
     * Loads the class and makes the application.
     *
     * @throws LaunchException if that is not possible; the message says why and what to do
     */
    Application load(ClassPath classPath, ClassLoader loader) throws LaunchException {
        try {
            var type = Class.forName(className, true, loader);
            if (!isPublic(type.getModifiers())) {
                throw LaunchException.usage("class %s is not public: make it so".formatted(className));
            }
            return member == null ? construct(type) : member(type, member);
        } catch (ClassNotFoundException e) {
            throw LaunchException.usage("class %s was not found (%s)".formatted(className, classPath.inWords()));
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            throw new LaunchException(
                    ExitStatus.APPLICATION_DID_NOT_START,
                    "%s failed while it was created: %s".formatted(this, e.getCause()),
                    e.getCause());
        } catch (UnsupportedClassVersionError e) {
            throw LaunchException.usage("class %s was compiled for a newer Java than the %s that runs here: %s"
                    .formatted(className, Runtime.version().feature(), e.getMessage()));
        } catch (NoClassDefFoundError e) {
            throw LaunchException.usage("%s needs a class that was not found: %s (%s)"
                    .formatted(this, String.valueOf(e.getMessage()).replace('/', '.'), classPath.inWords()));
        } catch (ReflectiveOperationException | LinkageError e) {
            throw LaunchException.usage("%s cannot be used: %s".formatted(this, e));
        }
    }

    private Application construct(Class<?> type) throws ReflectiveOperationException, LaunchException {
        if (!Application.class.isAssignableFrom(type)) {
            throw LaunchException.usage(
                    "class %s does not implement %s: let it, or name a static member that gives one as %s::member"
                            .formatted(className, Application.class.getName(), className));
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw LaunchException.usage("class %s is abstract: name one that can be created".formatted(className));
        }
        try {
            return (Application) type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            throw LaunchException.usage(
                    "class %s has no public constructor without parameters: add one, or name a static member as %s::member"
                            .formatted(className, className));
        }
    }

    private Application member(Class<?> type, String name) throws ReflectiveOperationException, LaunchException {
        for (var field : type.getFields()) {
            if (field.getName().equals(name) && isStatic(field.getModifiers())) {
                return checked(field.get(null));
            }
        }
        for (var method : type.getMethods()) {
            if (method.getName().equals(name) && isStatic(method.getModifiers())) {
                if (method.getParameterCount() == 0) {
                    return checked(method.invoke(null));
                }
                if (isHandler(method)) {
                    return new StaticMethod(method);
                }
            }
        }
        throw LaunchException.usage(
                ("class %s has no public static member '%s' that is an application: a field, a method without"
                                + " parameters that returns one, or a method (Scope, Receive, Send)")
                        .formatted(className, name));
    }

    private Application checked(@Nullable Object value) throws LaunchException {
        if (value instanceof Application application) {
            return application;
        }
        throw LaunchException.usage("%s is %s, not an %s"
                .formatted(
                        this, value == null ? "null" : "a " + value.getClass().getName(), Application.class.getName()));
    }

    private static boolean isHandler(Method method) {
        var parameters = method.getParameterTypes();
        return parameters.length == 3
                && parameters[0] == Scope.class
                && parameters[1] == Receive.class
                && parameters[2] == Send.class;
    }

    @Override
    public String toString() {
        return member == null ? className : className + "::" + member;
    }

    /** A static method with an application's parameters. */
    private record StaticMethod(Method method) implements Application {
        @Override
        public void handle(Scope scope, Receive receive, Send send) throws Exception {
            try {
                method.invoke(null, scope, receive, send);
            } catch (InvocationTargetException e) {
                // what left the application, as if it had been called directly
                switch (e.getCause()) {
                    case Exception exception -> throw exception;
                    case Error error -> throw error;
                    case null, default -> throw e;
                }
            }
        }
    }
}
