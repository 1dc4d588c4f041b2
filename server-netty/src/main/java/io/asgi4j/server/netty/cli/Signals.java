package io.asgi4j.server.netty.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reacts to SIGINT, SIGTERM and SIGHUP.
 *
 * <p>A shutdown hook would not do: after it the process ends with 130 or 143, as if it had been killed, and while it
 * runs a second signal has no effect. {@code sun.misc.Signal}, which the module {@code jdk.unsupported} exports to
 * everybody, is the JVM's only other way; it is called by reflection because javac warns of it in a manner that cannot be
 * switched off.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /** Says that the end of the parent process is a signal too: Maven's {@code exec:exec} passes none on. */
    private static final String STOP_WITH_PARENT = "asgi4j.stopWithParent";

    private Signals() {}

    /**
     * Runs an action at the first signal and ends the process at the second.
     *
     * @param first called on a thread of the JVM
     */
    static void stopWith(Runnable first) {
        var received = new AtomicBoolean();
        for (var name : new String[] {"INT", "TERM"}) {
            handle(name, number -> {
                if (received.compareAndSet(false, true)) {
                    first.run();
                } else {
                    Runtime.getRuntime().halt(128 + number);
                }
            });
        }
        if (Boolean.getBoolean(STOP_WITH_PARENT)) {
            // after CTRL+C both processes have had the signal, so the parent's end must not count as the second one
            whenParentEnds(() -> {
                if (received.compareAndSet(false, true)) {
                    first.run();
                }
            });
        }
    }

    /**
     * Runs an action at each SIGHUP, which would end the process otherwise.
     *
     * @param action called on a thread of the JVM
     */
    static void hangUpWith(Runnable action) {
        handle("HUP", number -> action.run());
    }

    private static void whenParentEnds(Runnable action) {
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(action));
    }

    private interface Handler {
        void handle(int number);
    }

    private static void handle(String name, Handler handler) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var signalHandler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    signalHandler.getClassLoader(), new Class<?>[] {signalHandler}, (self, method, arguments) -> {
                        handler.handle((int) signal.getMethod("getNumber").invoke(arguments[0]));
                        return null;
                    });
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            // a JVM without the module, or one started with -Xrs: the system's own reaction, an immediate end, remains
            LOG.debug("SIG{} cannot be handled.", name, e);
        }
    }
}
