package io.asgi4j.tck.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A file with what people read about a mutant. What differs from run to run is not kept; and since the order in which the client and
 * the application did things at about the same time differs too, it is compared for each of them alone.
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

    /** A normalised message, in which each one of the client's connections and of the application's calls stands alone. */
    static List<String> comparable(String normalised) {
        var lines = new ArrayList<String>();
        var moments = new LinkedHashMap<String, List<String>>();
        for (var line : normalised.lines().toList()) {
            var matcher = MOMENT.matcher(line);
            if (matcher.matches()) {
                var actor = matcher.group(1).replaceAll("[<>*]$", "");
                moments.computeIfAbsent(actor, name -> new ArrayList<>())
                        .add(line.strip().replaceFirst("^#\\.##  ", ""));
            } else {
                lines.add(line);
            }
        }
        moments.keySet().stream().sorted().forEach(actor -> lines.addAll(moments.getOrDefault(actor, List.of())));
        return lines;
    }
}
