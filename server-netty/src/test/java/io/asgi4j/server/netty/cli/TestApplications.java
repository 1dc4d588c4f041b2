package io.asgi4j.server.netty.cli;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.LifespanStartupFailed;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import java.util.concurrent.CountDownLatch;

/** What the command line is asked to run. */
public final class TestApplications {
    public static final Application FIELD = new Hello();
    public static final String TEXT = "no application";

    private TestApplications() {}

    public static Application factory() {
        return new Hello();
    }

    public static void handler(Scope scope, Receive receive, Send send) throws Exception {
        new Hello().handle(scope, receive, send);
    }

    public static Application failingFactory() {
        throw new IllegalStateException("a mistake in the factory");
    }

    /** Answers {@code /} with the word hello and speaks lifespan; {@code /forever} is never answered. */
    public static class Hello implements Application {
        public Hello() {}

        @Override
        public void handle(Scope scope, Receive receive, Send send) throws Exception {
            switch (scope) {
                case LifespanScope lifespan -> {
                    receive.receive();
                    send.send(new LifespanStartupComplete());
                    receive.receive();
                    send.send(new LifespanShutdownComplete());
                }
                case HttpScope http -> {
                    if (http.path().equals("/forever")) {
                        System.out.println("forever");
                        new CountDownLatch(1).await();
                    }
                    send.send(new HttpResponseStart(200));
                    send.send(HttpResponseBody.last("hello "
                            + Thread.currentThread().getContextClassLoader().getName()));
                }
                default -> throw new UnsupportedScopeException(scope);
            }
        }
    }

    public static final class FailsToStart implements Application {
        public FailsToStart() {}

        @Override
        public void handle(Scope scope, Receive receive, Send send) throws Exception {
            send.send(new LifespanStartupFailed("no database"));
        }
    }

    public static final class FailsLater implements Application {
        public FailsLater() {}

        @Override
        public void handle(Scope scope, Receive receive, Send send) throws Exception {
            send.send(new LifespanStartupComplete());
            throw new IllegalStateException("a mistake later");
        }
    }

    public static final class NeverStarts implements Application {
        public NeverStarts() {}

        @Override
        public void handle(Scope scope, Receive receive, Send send) throws Exception {
            receive.receive();
            System.out.println("starting");
            receive.receive();
        }
    }

    public static final class FailingConstructor extends Hello {
        public FailingConstructor() {
            throw new IllegalStateException("a mistake in the constructor");
        }
    }

    public static final class NoSuitableConstructor extends Hello {
        public NoSuitableConstructor(int number) {
            super();
            System.out.println(number);
        }
    }

    public abstract static class Abstract extends Hello {
        public Abstract() {}
    }

    static final class Hidden extends Hello {
        Hidden() {}
    }

    /** An application's own main. */
    public static final class Program {
        private Program() {}

        public static void main(String... arguments) {
            Main.run(new Hello(), arguments);
        }
    }
}
