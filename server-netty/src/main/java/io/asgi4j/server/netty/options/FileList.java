package io.asgi4j.server.netty.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files in their order, written as their paths with commas between them.
 *
 * @param files may be none
 */
public record FileList(List<Path> files) {
    private static final FileList NONE = new FileList(List.of());

    /** Copies the list. */
    public FileList {
        files = List.copyOf(files);
    }

    /** {@return a list of these files} */
    public static FileList of(Path... files) {
        return new FileList(List.of(files));
    }

    static @Nullable FileList read(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        try {
            return new FileList(Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Path::of)
                    .toList());
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** {@return whether there are none} */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    @Override
    public String toString() {
        return files.stream().map(Path::toString).collect(Collectors.joining(","));
    }
}
