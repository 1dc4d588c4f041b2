package io.asgi4j.tck.requirement;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The text of files which say something of each slug: a line {@code slug = text}, or {@code #} and a remark, or nothing. */
public final class Entries {
    private Entries() {}

    /**
     * Reads lines.
     *
     * @param file the name of the file, for messages
     * @throws MalformedFileException if a line is not of that form, or a slug comes twice
     */
    public static SortedMap<String, String> parse(String file, List<String> lines) {
        var entries = new TreeMap<String, String>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var parts = line.split("\\s*=\\s*", 2);
            if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new MalformedFileException(
                        "%s, line %d: not of the form \"slug = text\": %s".formatted(file, i + 1, line));
            }
            if (entries.put(parts[0], parts[1]) != null) {
                throw new MalformedFileException("%s, line %d: %s stands there twice".formatted(file, i + 1, parts[0]));
            }
        }
        return entries;
    }
}
