package io.asgi4j.server.netty.loop;

import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The stack of the virtual thread that is mounted on a platform thread.
 *
 * <p>{@link Thread#getStackTrace()} of the platform thread leaves the virtual one out and nothing says which one it is, but the
 * JVM's own thread dump has both.
 */
final class MountedStack {
    private MountedStack() {}

    /** The virtual thread's frames, each after a line break; if this JVM does not tell, the reason. */
    static String of(String platformThread) {
        try {
            var dump = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "threadPrint",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return dump.lines()
                    .dropWhile(line -> !line.startsWith('"' + platformThread + '"'))
                    .takeWhile(line -> !line.isBlank())
                    .dropWhile(line -> !line.contains("Mounted virtual thread"))
                    .skip(1)
                    .map(line -> System.lineSeparator() + line)
                    .collect(Collectors.joining());
        } catch (JMException e) {
            return " something that this JVM does not tell: " + e;
        }
    }
}
