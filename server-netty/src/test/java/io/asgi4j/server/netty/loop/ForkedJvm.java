package io.asgi4j.server.netty.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.asgi4j.server.netty.options.SchedulerMode;
import io.asgi4j.server.netty.options.TransportMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Opens event loops in another JVM, one that has only the flags which a test names. */
final class ForkedJvm {
    private ForkedJvm() {}

    /** All that the other JVM wrote. */
    static String open(String scheduler, String transport, String... flags) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), ForkedJvm.class.getName(), scheduler, transport));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes());
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) {
        ((Logger) LoggerFactory.getLogger(SharedLoops.class)).setLevel(Level.INFO);
        try (var loops = EventLoops.open(SchedulerMode.valueOf(arguments[0]), TransportMode.valueOf(arguments[1]), 1)) {
            System.out.println("opened: " + loops.description());
        } catch (UnsupportedOperationException e) {
            System.out.println("refused: " + e.getMessage());
        }
    }
}
