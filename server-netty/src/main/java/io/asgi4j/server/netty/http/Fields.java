package io.asgi4j.server.netty.http;

import io.asgi4j.spec.Header;
import io.asgi4j.spec.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request or of its trailers, as octets and where each name and value is: an application that looks up a field or two
 * pays for those alone.
 *
 * <p>Immutable once made. The list is made when first needed, by whichever thread asks; two threads may make equal ones.
 */
public final class Fields implements Headers {
    /** Positions that are kept of each field: the begin and the end of its name and of its value. */
    public static final int POSITIONS = 4;

    private static final Fields NONE = new Fields(new byte[0], new int[0], 0);

    private final byte[] octets;
    private final int[] positions;
    private final int count;
    private volatile @Nullable List<Header> list;

    /** Takes both arrays over. The octets of names are lower-case tokens, those of values allowed ones. */
    public Fields(byte[] octets, int[] positions, int count) {
        this.octets = octets;
        this.positions = positions;
        this.count = count;
    }

    /** Returns no fields. */
    public static Fields none() {
        return NONE;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Header get(int index) {
        return list().get(index);
    }

    @Override
    public @Nullable String first(String name) {
        var index = next(name, 0);
        return index < count ? value(index) : null;
    }

    @Override
    public List<String> all(String name) {
        var index = next(name, 0);
        if (index == count) {
            return List.of();
        }
        var values = new ArrayList<String>();
        for (; index < count; index = next(name, index + 1)) {
            values.add(value(index));
        }
        return List.copyOf(values);
    }

    @Override
    public boolean contains(String name) {
        return next(name, 0) < count;
    }

    /** Returns how many fields have the name. */
    public int count(String name) {
        var found = 0;
        for (var index = next(name, 0); index < count; index = next(name, index + 1)) {
            found++;
        }
        return found;
    }

    @Override
    public Iterator<Header> iterator() {
        return list().iterator();
    }

    /** Returns the first field at {@code from} or behind that has the name, or how many fields there are. */
    private int next(String name, int from) {
        var index = from;
        while (index < count && !isNamed(index, name)) {
            index++;
        }
        return index;
    }

    private boolean isNamed(int index, String name) {
        var start = positions[POSITIONS * index];
        var length = name.length();
        if (positions[POSITIONS * index + 1] - start != length) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            var wanted = name.charAt(i);
            if (octets[start + i] != wanted && (wanted >= 0x80 || octets[start + i] != Tokens.lowerCase(wanted))) {
                return false;
            }
        }
        return true;
    }

    private String value(int index) {
        return text(POSITIONS * index + 2);
    }

    private String text(int position) {
        var start = positions[position];
        return new String(octets, start, positions[position + 1] - start, StandardCharsets.ISO_8859_1);
    }

    private List<Header> list() {
        var made = list;
        if (made == null) {
            var headers = new Header[count];
            for (var index = 0; index < count; index++) {
                headers[index] = new Header(text(POSITIONS * index), value(index));
            }
            made = List.of(headers);
            list = made;
        }
        return made;
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
