package io.asgi4j.tck.run;

import io.asgi4j.tck.StartOption;
import io.asgi4j.tck.StartOptions;
import io.asgi4j.tck.launch.FreePort;
import io.asgi4j.tck.launch.LaunchException;
import io.asgi4j.tck.launch.Launcher;
import io.asgi4j.tck.launch.RunningServer;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.wire.Limits;
import java.io.IOException;
import java.util.List;

/** A server that is started for one attempt of a scenario, and ends with it. */
record OwnServer(Launcher launcher, Scenario scenario, int number, Limits limits) {
    private interface Use {
        Attempt of(Target target) throws IOException, InterruptedException;
    }

    Attempt attempt() throws InterruptedException {
        var start = scenario.start();
        var options = start.options(launcher.startOptions());
        if (!start.hasEarlyClient()) {
            return attempt(options, target -> Attempt.run(scenario, number, target, limits));
        }
        var port = FreePort.find();
        try (var client = EarlyClient.knockOn(port)) {
            return attempt(options.with(StartOption.PORT, port), target -> {
                var early = client.checks(start, target.hello().clock(), limits.within());
                return Attempt.run(scenario, number, target, limits).after(early);
            });
        }
    }

    private Attempt attempt(StartOptions options, Use use) throws InterruptedException {
        RunningServer server;
        try {
            server = launcher.launch(options, scenario.start().lifespan());
        } catch (LaunchException e) {
            return Attempt.withoutServer(scenario, e);
        }
        try {
            return scenario.start().refused() ? Attempt.withServer() : use.of(Target.of(server));
        } catch (IOException e) {
            return new Attempt(List.of(), Evidence.NONE, "the application could not be asked: " + e.getMessage());
        } finally {
            server.kill();
        }
    }
}
