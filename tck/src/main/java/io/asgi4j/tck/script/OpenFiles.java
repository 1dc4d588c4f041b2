package io.asgi4j.tck.script;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Where an event's {@link Value.FileHandle} and {@link Value.FilePath} lead. */
public interface OpenFiles {
    /**
     * The open file of that name, the same one each time.
     *
     * @throws IOException if no step made such a file, or it cannot be opened
     */
    FileChannel open(String name) throws IOException;

    /** The absolute path of the file of that name, or of a file that does not exist if no step made one. */
    Path path(String name);
}
