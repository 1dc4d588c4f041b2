package io.asgi4j.server.netty.http1;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request as the application sees them, over Netty's structure: an application that looks up a field or
 * two pays for those alone.
 *
 * <p>Immutable once made: the decoder is done with the structure and nobody else has it. The list is made when first
 * needed, by whichever thread asks; two threads may make equal ones.
 */
final class RequestFields implements Headers {
    private final HttpHeaders fields;
    private volatile @Nullable List<Header> list;

    RequestFields(HttpHeaders fields) {
        this.fields = fields;
    }

    private List<Header> list() {
        var made = list;
        if (made == null) {
            var headers = new ArrayList<Header>(fields.size());
            var entries = fields.iteratorCharSequence();
            while (entries.hasNext()) {
                var entry = entries.next();
                headers.add(new Header(
                        entry.getKey().toString().toLowerCase(Locale.ROOT),
                        entry.getValue().toString()));
            }
            made = List.copyOf(headers);
            list = made;
        }
        return made;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public Header get(int index) {
        return list().get(index);
    }

    @Override
    public @Nullable String first(String name) {
        return fields.get(name);
    }

    @Override
    public List<String> all(String name) {
        return List.copyOf(fields.getAll(name));
    }

    @Override
    public boolean contains(String name) {
        return fields.contains(name);
    }

    @Override
    public Iterator<Header> iterator() {
        return list().iterator();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return Headers.areEqual(this, other);
    }

    @Override
    public int hashCode() {
        return Headers.hash(this);
    }

    @Override
    public String toString() {
        return Headers.describe(this);
    }
}
