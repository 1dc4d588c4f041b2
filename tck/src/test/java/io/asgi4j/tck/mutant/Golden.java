package io.asgi4j.tck.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    /** Whether the one side notices that the other has closed before it does so itself, or that it is about to, is chance. */
    private static final Pattern CHANCE =
            Pattern.compile("((closed|reset) by the (client|server)|connect(ed)? to 127\\.0\\.0\\.1:PORT.*)$");

    /** Where a body that arrived goes on with the next event. */
    private static final Pattern NEXT_PIECE = Pattern.compile("\", more_body truereceived http\\.request, body b\"");

    /** Sums up what all threads of the application did, in the order in which they came to it. */
    private static final String STORY = "the trace is: ";

    private static final Pattern MOMENT = Pattern.compile("(?: {4} +#\\.##  | {15})(\\S+ [|<>*]) (.*)");

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
                .replaceAll("(?<=\"127\\.0\\.0\\.1\", )\"?[0-9]{4,5}\"?", "PORT")
                .replaceAll("within [0-9]+ ms", "within MANY ms")
                .replaceAll("\\([0-9]{7,} bytes\\)", "(MANY bytes)")
                .replaceAll("[0-9]+ events brought", "# events brought")
                .replaceAll("[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} [0-9:]{8} GMT", "DATE");
    }

    /**
     * Whether a message is the kept one, so far as it does not depend on who was faster: what was sent on each of the client's
     * connections, and what each call of the application did, is looked at alone, and its last moments may be missing, since they may
     * come after the scenario's end. What came to the client is not looked at, and a body that came to the application is looked at as a
     * whole, since bytes come in pieces of any size. A line that sums up what all threads did may have their steps in any order.
     */
    static boolean areAlike(String kept, String message) {
        var some = moments(kept);
        var others = moments(message);
        return withoutMoments(kept).equals(withoutMoments(message))
                && some.keySet().stream()
                        .allMatch(who ->
                                beginAlike(some.getOrDefault(who, List.of()), others.getOrDefault(who, List.of())));
    }

    private static boolean beginAlike(List<String> some, List<String> others) {
        var one = whole(some);
        var other = whole(others);
        return one.startsWith(other) || other.startsWith(one);
    }

    /**
     * Moments without regard to the pieces in which bytes came in, as far as they can be told alike: what comes behind something that was
     * left out depends on those pieces.
     */
    private static String whole(List<String> moments) {
        var whole = moments.stream()
                .takeWhile(moment -> !moment.endsWith(" left out …"))
                .collect(Collectors.joining());
        return NEXT_PIECE.matcher(whole).replaceAll("");
    }

    private static List<String> withoutMoments(String message) {
        return message.lines()
                .filter(line -> !MOMENT.matcher(line).matches())
                .map(line -> line.replace("reset by the server", "closed by the server"))
                .map(line -> line.contains(STORY) ? withoutOrder(line) : line)
                .toList();
    }

    private static String withoutOrder(String line) {
        return Stream.of(line.split("(?<=" + STORY + ")|[,;] "))
                .sorted()
                .toList()
                .toString();
    }

    /** What happened, by whom and in which direction. */
    private static Map<String, List<String>> moments(String message) {
        return message.lines()
                .map(MOMENT::matcher)
                .filter(Matcher::matches)
                .filter(moment -> !CHANCE.matcher(moment.group()).find())
                .filter(moment -> !moment.group(1).endsWith("<"))
                .collect(Collectors.groupingBy(
                        moment -> moment.group(1), Collectors.mapping(moment -> moment.group(2), Collectors.toList())));
    }
}
