package io.asgi4j.tck.cli;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.app.TckApplication;
import io.asgi4j.tck.scenario.ClientStep;
import io.asgi4j.tck.scenario.Scenario;
import io.asgi4j.tck.script.Json;
import io.asgi4j.tck.script.ScriptJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code export}: writes out what other programs need. */
@Command(
        name = "export",
        description =
                "Writes the application for servers in Python, tck_app.py, and all scenarios as data, scenarios.json.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final String APPLICATION = "tck_app.py";
    private static final String SCENARIOS = "scenarios.json";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", defaultValue = ".", description = "Where to. Default: the working directory.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        try (var application = TckApplication.class.getResourceAsStream(APPLICATION)) {
            if (application == null) {
                throw new IllegalStateException("the kit was built without " + APPLICATION);
            }
            Files.copy(application, folder.resolve(APPLICATION), StandardCopyOption.REPLACE_EXISTING);
        }
        var all = Json.array();
        new Catalogue().scenarios().forEach(scenario -> all.add(json(scenario)));
        Commands.write(folder.resolve(SCENARIOS), Json.writePretty(all) + "\n");
        var out = spec.commandLine().getOut();
        out.println(folder.resolve(APPLICATION));
        out.println(folder.resolve(SCENARIOS));
        out.flush();
        return ExitStatus.CONFORMANT.code();
    }

    private static ObjectNode json(Scenario scenario) {
        var json = Json.object().put("id", scenario.id()).put("title", scenario.title());
        scenario.requirements().forEach(json.putArray("requirements")::add);
        scenario.needs().stream().map(Feature::id).sorted().forEach(json.putArray("needs")::add);
        scenario.client().stream().map(ClientStep::words).forEach(json.putArray("client")::add);
        json.set("application", ScriptJson.write(scenario.application()));
        return json;
    }
}
