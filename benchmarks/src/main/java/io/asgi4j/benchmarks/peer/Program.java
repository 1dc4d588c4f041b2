package io.asgi4j.benchmarks.peer;

import java.util.ArrayList;
import java.util.List;

/** How a peer's process is started. */
public sealed interface Program {
    /** The words of the command line. */
    List<String> command(Installation installation, List<String> jvmOptions, int port);

    /** A class in this module's class path; {@code library} is the jar whose version tells the peer's. */
    record OnJvm(String mainClass, String library, List<String> options) implements Program {
        @Override
        public List<String> command(Installation installation, List<String> jvmOptions, int port) {
            var command = new ArrayList<String>();
            command.add(installation.java().toString());
            command.addAll(jvmOptions);
            command.addAll(options);
            command.addAll(List.of("-cp", installation.classPath(), "io.asgi4j.benchmarks.server." + mainClass));
            command.addAll(List.of(
                    Integer.toString(port),
                    Integer.toString(Installation.LOOPS),
                    installation.file().toString()));
            return command;
        }
    }

    /** A program of the distribution's {@code debianPackage}; its words may contain {port}, {loops}, {file} and {python}. */
    record OfDistribution(String debianPackage, List<String> words) implements Program {
        @Override
        public List<String> command(Installation installation, List<String> jvmOptions, int port) {
            return words.stream()
                    .map(word -> word.replace("{port}", Integer.toString(port))
                            .replace("{loops}", Integer.toString(Installation.LOOPS))
                            .replace("{file}", installation.file().toString())
                            .replace(
                                    "{python}",
                                    installation
                                            .module()
                                            .resolve("src/main/python")
                                            .toString()))
                    .toList();
        }
    }
}
