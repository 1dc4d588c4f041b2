package io.asgi4j.benchmarks.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;

/** Where things are: this module's directory, the class path of the peers, the JVM and the file that peers send. */
public record Installation(Path module, String classPath, Path java, Path file) {
    /** Event loops or carriers that each peer is given: one, as it has one processor. */
    static final int LOOPS = 1;

    private static final int FILE_SIZE = 1 << 20;
    private static final long SEED = 1;

    /** Finds everything from where this class was loaded and writes the file. */
    public static Installation ofThisProgram() throws IOException {
        var code = Installation.class.getProtectionDomain().getCodeSource().getLocation();
        // either target/classes or a jar in target
        var module = Path.of(code.getPath()).resolve("../..").normalize();
        var file = module.resolve("target/file.bin");
        Files.writeString(file, fileContent(), StandardCharsets.ISO_8859_1);
        return new Installation(
                module,
                System.getProperty("java.class.path"),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                file);
    }

    /** The bytes that are in the file, as ISO-8859-1; no compression makes them smaller. */
    public static String fileContent() {
        var content = new byte[FILE_SIZE];
        new Random(SEED).nextBytes(content);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** Where the processes write what they say. */
    public Path logs() {
        return module.resolve("target/logs");
    }

    /** Where the peers in Python are. */
    Path python() {
        return module.resolve("src/main/python");
    }

    /** The server as it is packaged. */
    Path executableJar() {
        return module.resolve("../server-netty/target/asgi4j.jar").normalize();
    }

    /** The archive of classes that is packaged with it. */
    public Path packagedArchive() {
        return executableJar().resolveSibling("asgi4j.jsa");
    }

    /** The version in the name of a jar of the class path. */
    public String versionOf(String library) throws IOException {
        var lib = module.resolve("target/lib");
        try (var jars = Files.list(lib)) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.matches(Pattern.quote(library) + "-\\d.*\\.jar"))
                    .map(name -> name.substring(library.length() + 1, name.length() - ".jar".length()))
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
