package io.asgi4j.server.netty.testing;

import io.asgi4j.spec.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * A response as it came.
 *
 * @param line the status line
 * @param head the header fields, as they came
 * @param body the content, ISO-8859-1, without chunk framing
 * @param chunks the sizes of the chunks, the last one included; empty if the response was not chunked
 * @param trailers the trailer fields
 * @param complete whether all that the framing promised came; what ends with the connection is complete at a FIN
 */
public record Reply(String line, Headers head, String body, List<Integer> chunks, Headers trailers, boolean complete) {
    public int status() {
        return Integer.parseInt(line.substring(9, 12));
    }

    /** Returns the value of the only field of that name; fails if there are several or none. */
    public String field(String name) {
        var values = head.all(name);
        if (values.size() != 1) {
            throw new AssertionError("fields named " + name + ": " + values + " in " + this);
        }
        return values.getFirst();
    }

    public boolean has(String name) {
        return head.contains(name);
    }

    public boolean isChunked() {
        return !chunks.isEmpty();
    }

    /** Returns the names of the fields in their order. */
    public List<String> names() {
        var names = new ArrayList<String>();
        head.forEach(field -> names.add(field.name()));
        return names;
    }
}
