package io.asgi4j.tck.launch;

import io.asgi4j.tck.app.TckApplication;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The application for servers in Python, as a file that Python can import. Any thread may call any method. */
public final class PythonApplication {
    /** Its name. */
    public static final String FILE = "tck_app.py";

    private static @Nullable Path directory;

    private PythonApplication() {}

    /** Writes it into a directory, over what has its name there. */
    public static Path writeInto(Path target) throws IOException {
        var file = target.resolve(FILE);
        try (var in = TckApplication.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new FileNotFoundException(FILE + " is missing in the kit");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** A temporary directory that holds it until this JVM ends. */
    static synchronized Path directory() throws IOException {
        if (directory == null) {
            var made = Files.createTempDirectory("asgi4j-tck");
            made.toFile().deleteOnExit();
            writeInto(made).toFile().deleteOnExit();
            directory = made;
        }
        return directory;
    }
}
