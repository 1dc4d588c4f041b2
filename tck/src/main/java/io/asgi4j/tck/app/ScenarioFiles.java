package io.asgi4j.tck.app;

import io.asgi4j.tck.script.OpenFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The temporary files of one scenario. Any thread may call any method. */
final class ScenarioFiles implements Closeable {
    /** How many files a scenario may make. */
    static final int MAX_FILES = 100;

    private final Map<String, Path> paths = new HashMap<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private @Nullable Path directory;

    synchronized void make(String name, byte[] content) throws IOException {
        if (paths.size() >= MAX_FILES && !paths.containsKey(name)) {
            throw new IOException("a scenario may make " + MAX_FILES + " files");
        }
        var path = paths.containsKey(name) ? path(name) : directory().resolve("file-" + paths.size());
        Files.write(path, content);
        paths.put(name, path);
    }

    synchronized Path path(String name) {
        var path = paths.get(name);
        return path != null ? path : Path.of(System.getProperty("java.io.tmpdir"), "asgi4j-tck-no-such-file");
    }

    private synchronized FileChannel open(String name) throws IOException {
        var path = paths.get(name);
        if (path == null) {
            throw new NoSuchFileException(name);
        }
        var channel = FileChannel.open(path);
        channels.add(channel);
        return channel;
    }

    private Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("asgi4j-tck-");
        }
        return directory;
    }

    /** The files as one call has them, which opens each but once. */
    OpenFiles ofCall() {
        var opened = new HashMap<String, FileChannel>();
        return new OpenFiles() {
            @Override
            public FileChannel open(String name) throws IOException {
                synchronized (opened) {
                    var channel = opened.get(name);
                    if (channel == null) {
                        channel = ScenarioFiles.this.open(name);
                        opened.put(name, channel);
                    }
                    return channel;
                }
            }

            @Override
            public Path path(String name) {
                return ScenarioFiles.this.path(name);
            }
        };
    }

    /** Closes and removes all files. */
    @Override
    public synchronized void close() throws IOException {
        for (var channel : channels) {
            channel.close();
        }
        for (var path : paths.values()) {
            Files.deleteIfExists(path);
        }
        if (directory != null) {
            Files.deleteIfExists(directory);
        }
    }
}
