package io.asgi4j.tck.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file with what people read about a mutant. What differs from run to run is not kept, or not compared.
 *
 * @param path where it is
 */
record Golden(Path path) {
    static final String ACCEPT = "asgi4j.tck.accept";

    static final Path ROOT = Path.of("src", "test", "resources", "io", "asgi4j", "tck", "mutant");
    private static final Pattern TIME = Pattern.compile("(?m)^ {4} *-?[0-9]+\\.[0-9]{2}(?=  \\S)");
    private static final Pattern MOMENT = Pattern.compile("(?: {4} +#\\.##  | {15})(\\S+ [|<>*]) .*");

    static Golden of(Class<?> mutants, String mutant) {
        return new Golden(ROOT.resolve(area(mutants)).resolve(mutant + ".txt"));
    }

    /** The area whose mutants a class has. */
    static String area(Class<?> mutants) {
        return mutants.getSimpleName().replaceFirst("MutantTests$", "");
    }

    /** What is kept; empty if nothing is. */
    String kept() throws IOException {
        return Files.exists(path) ? Files.readString(path) : "";
    }

    void keep(String message) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, message);
    }

    /** A message without what differs from run to run. */
    static String normalised(String message) {
        return TIME.matcher(message + "\n")
                .replaceAll("         #.##")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:PORT")
                .replaceAll("(?<=\"127\\.0\\.0\\.1\", )[0-9]+", "PORT")
                .replaceAll("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT", "DATE");
    }

    /**
     * A normalised message without what happened: the last moments of a client and of an application that are told differ with the time
     * at which each of them is done.
     */
    static List<String> comparable(String normalised) {
        return normalised
                .lines()
                .filter(line -> !MOMENT.matcher(line).matches())
                .toList();
    }
}
