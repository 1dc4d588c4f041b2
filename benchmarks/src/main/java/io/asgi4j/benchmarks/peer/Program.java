package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How a peer's process is started. */
public sealed interface Program {
    /** The words of the command line. */
    List<String> command(Installation installation, List<String> jvmOptions, int port);

    /** The version of what is measured. */
    String version(Installation installation, Processes processes) throws IOException, InterruptedException;

    /** A class of this module; {@code library} is the jar whose version is the peer's. */
    record OnJvm(String mainClass, String library, List<String> options) implements Program {
        public OnJvm {
            options = List.copyOf(options);
        }

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

        @Override
        public String version(Installation installation, Processes processes) throws IOException {
            return installation.versionOf(library);
        }
    }

    /** The executable jar of server-netty with the archive of classes that is built with it. */
    record ExecutableJar() implements Program {
        private static final String APPLICATION = "io.asgi4j.server.netty.training.Echo";

        @Override
        public List<String> command(Installation installation, List<String> jvmOptions, int port) {
            var command = new ArrayList<String>();
            command.add(installation.java().toString());
            command.addAll(jvmOptions);
            command.addAll(List.of("-jar", installation.executableJar().toString(), "run", APPLICATION));
            command.addAll(List.of("--port", Integer.toString(port), "--loops", Integer.toString(Installation.LOOPS)));
            command.add("--no-access-log");
            return command;
        }

        @Override
        public String version(Installation installation, Processes processes) throws IOException {
            return installation.versionOf("asgi4j-server-netty");
        }
    }

    /** A program of a package of the distribution; its words may contain {port}, {loops}, {file} and {python}. */
    record OfDistribution(String debianPackage, List<String> words) implements Program {
        public OfDistribution {
            words = List.copyOf(words);
        }

        @Override
        public List<String> command(Installation installation, List<String> jvmOptions, int port) {
            return words.stream()
                    .map(word -> word.replace("{port}", Integer.toString(port))
                            .replace("{loops}", Integer.toString(Installation.LOOPS))
                            .replace("{file}", installation.file().toString())
                            .replace("{python}", installation.python().toString()))
                    .toList();
        }

        @Override
        public String version(Installation installation, Processes processes) throws InterruptedException {
            try {
                return processes.run(List.of("dpkg-query", "--show", "--showformat=${Version}", debianPackage));
            } catch (IOException e) {
                throw new MissingException("A peer is missing; on Debian it is in the package " + debianPackage);
            }
        }
    }
}
