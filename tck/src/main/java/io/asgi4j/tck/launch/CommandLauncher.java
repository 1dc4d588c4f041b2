package io.asgi4j.tck.launch;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.app.TckApplication;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.Script;
import io.asgi4j.tck.script.ScriptJson;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Starts servers by a command, in any language: chooses the port, waits until somebody listens there, and stops the process by SIGTERM.
 *
 * <p>Python finds the kit's application {@code tck_app} without further ado.
 */
public final class CommandLauncher implements Launcher {
    private static final String PORT = "{port}";
    private static final long POLL_MILLIS = 20;
    private static final int LINES_IN_MESSAGE = 12;

    private final Command command;
    private final Duration limit;

    /**
     * Makes a launcher.
     *
     * @param limit how long a server may take to start, and to stop
     * @throws LaunchException if the command does not say where the port belongs
     */
    public CommandLauncher(Command command, Duration limit) throws LaunchException {
        if (!command.template().contains(PORT)) {
            throw new LaunchException("write {port} into the command where the port belongs: " + command.template());
        }
        this.command = command;
        this.limit = limit;
    }

    @Override
    public String way() {
        return "command " + command.template();
    }

    @Override
    public Set<StartOption> startOptions() {
        var options = EnumSet.of(StartOption.PORT);
        options.addAll(command.options().keySet());
        return options;
    }

    @Override
    public boolean startsServers() {
        return true;
    }

    @Override
    public boolean seesOutput() {
        return true;
    }

    @Override
    public RunningServer launch(StartOptions options, Script lifespan) throws LaunchException, InterruptedException {
        try {
            var python = PythonApplication.directory();
            var port = options.count(StartOption.PORT).orElseGet(FreePort::find);
            var builder = new ProcessBuilder(command.words(port, options.values())).redirectErrorStream(true);
            var environment = builder.environment();
            environment.put(TckApplication.LIFESPAN_VARIABLE, Json.write(ScriptJson.write(lifespan)));
            environment.put("PYTHONUNBUFFERED", "1");
            environment.merge("PYTHONPATH", python.toString(), (old, ours) -> ours + File.pathSeparator + old);
            var server = new CommandServer(builder.start(), port, command, limit);
            awaitListener(server, port);
            return server;
        } catch (IOException e) {
            throw new LaunchException(
                    "the command cannot be run; look whether its first word is an installed program: " + e.getMessage(),
                    e);
        }
    }

    private void awaitListener(CommandServer server, int port) throws LaunchException, InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!isListening(port)) {
            if (server.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                server.kill();
                throw LaunchException.refused(
                        "the command ended with status %d before anybody listened on port %d; try it by hand; %s"
                                .formatted(server.process().exitValue(), port, printed(server)),
                        server.output());
            }
            if (System.nanoTime() - deadline > 0) {
                server.kill();
                throw new LaunchException(
                        "nobody listened on port %d of %s within %d s; look whether the command uses {port}; %s"
                                .formatted(
                                        port,
                                        InetAddress.getLoopbackAddress().getHostAddress(),
                                        limit.toSeconds(),
                                        printed(server)));
            }
        }
    }

    private static boolean isListening(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String printed(CommandServer server) {
        var end = server.lastLines(LINES_IN_MESSAGE);
        return end.isEmpty() ? "it printed nothing" : "it printed:\n" + end;
    }
}
