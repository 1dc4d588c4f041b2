package io.asgi4j.server.netty.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * Where the application's classes are: jars, directories, and directories full of jars ({@code lib/*}), separated as in
 * {@code java --class-path}.
 *
 * @param text as given; empty for none
 */
record ClassPath(String text) {
    /**
     * Opens a class loader over the entries, whose parent is the server's own.
     *
     * @throws LaunchException if an entry does not exist
     */
    ClassLoader open() throws LaunchException {
        var urls = new ArrayList<URL>();
        var entries = new StringTokenizer(text, File.pathSeparator);
        while (entries.hasMoreTokens()) {
            for (var path : expand(entries.nextToken())) {
                urls.add(url(path));
            }
        }
        return new URLClassLoader("application", urls.toArray(URL[]::new), ClassPath.class.getClassLoader());
    }

    /** The entries in words, for messages about what was not found. */
    String inWords() {
        return text.isEmpty()
                ? "no class path was given; name the jar or directory with --class-path"
                : "searched " + text;
    }

    private static List<Path> expand(String entry) throws LaunchException {
        if (!entry.equals("*") && !entry.endsWith(File.separator + "*")) {
            var path = Path.of(entry);
            if (!Files.exists(path)) {
                throw LaunchException.usage("class path entry '%s' does not exist".formatted(entry));
            }
            return List.of(path);
        }
        var directory = Path.of(entry.substring(0, entry.length() - 1));
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw LaunchException.usage("class path entry '%s' cannot be read: %s".formatted(entry, e));
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
