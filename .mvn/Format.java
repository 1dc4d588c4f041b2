import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks or applies the format of every Java source below the working directory: {@code java Format.java check|apply}.
 *
 * <p>Maven runs this with the JDK that compiles the project. The formatter's own plug-ins parse with the JDK that runs
 * Maven, and a JDK 17 does not understand Java 21.
 */
final class Format {
    private static final Path BUILD_OUTPUT = Path.of("target");

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());
    private final boolean apply;

    private Format(boolean apply) {
        this.apply = apply;
    }

    public static void main(String... arguments) throws IOException {
        var format = new Format(
                switch (arguments[0]) {
                    case "apply" -> true;
                    case "check" -> false;
                    default -> throw new IllegalArgumentException("apply or check, not " + arguments[0]);
                });
        var wrong =
                sources().parallelStream().filter(file -> !format.isRight(file)).toList();
        if (!wrong.isEmpty()) {
            wrong.forEach(file -> System.err.println("[ERROR] not formatted: " + file));
            System.err.println("[ERROR] This formats every file: mvn -N verify -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(Path.of(""))) {
            return files.filter(file -> file.toString().endsWith(".java") && !isBuildOutput(file))
                    .toList();
        }
    }

    private static boolean isBuildOutput(Path file) {
        for (var name : file) {
            if (name.equals(BUILD_OUTPUT)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRight(Path file) {
        try {
            var source = Files.readString(file);
            var formatted = formatter.formatSourceAndFixImports(source);
            if (apply && !formatted.equals(source)) {
                Files.writeString(file, formatted);
            }
            return apply || formatted.equals(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FormatterException e) {
            throw new IllegalArgumentException(file + ":" + e.getMessage(), e);
        }
    }
}
