import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Lets the JVM archive what it learns in a training run of the executable jar: {@code java Archive.java JAR ARCHIVE}.
 *
 * <p>Maven runs this with the JDK that compiles the project; the archive serves that JVM alone. A build where none can be
 * made goes on: a server without it only starts more slowly.
 */
final class Archive {
    private static final int LIMIT_SECONDS = 60;

    public static void main(String... arguments) throws IOException, InterruptedException {
        var jar = arguments[0];
        var archive = Path.of(arguments[1]);
        var log = Path.of(archive + ".log");
        Files.deleteIfExists(archive);
        var training = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-jar",
                        jar,
                        "train")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!training.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            training.destroyForcibly().waitFor();
        }
        if (training.exitValue() != 0 || !Files.exists(archive)) {
            Files.deleteIfExists(archive);
            System.err.println("[WARNING] There is no class-data archive: the training run failed, see " + log);
        }
    }
}
