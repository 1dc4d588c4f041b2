package io.asgi4j.tck.cli;

import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.script.Script;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: starts the server with the kit's application, to try things by hand. */
@Command(
        name = "serve",
        description =
                "Starts the server with the kit's application and serves until it is told to stop, to try things by"
                        + " hand.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = false, heading = "%nThe server:%n")
    private ServerOptions server = new ServerOptions();

    @Override
    public Integer call() throws LaunchException, UsageException, InterruptedException {
        if (server.isElsewhere()) {
            throw new UsageException("serve starts a server, so it takes --command or --image, and not --url");
        }
        var running = server.launcher().launch(StartOptions.DEFAULT, Script.LIFESPAN);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running), "asgi4j-tck stop"));
        var out = spec.commandLine().getOut();
        out.println("%s serves the kit's application; ask it: curl %s/__tck__/hello"
                .formatted(running.info(), running.baseUri()));
        out.flush();
        new CountDownLatch(1).await();
        return ExitStatus.CONFORMANT.code();
    }

    private static void stop(RunningServer server) {
        try {
            server.stop();
        } catch (LaunchException | InterruptedException e) {
            server.kill();
        }
    }
}
