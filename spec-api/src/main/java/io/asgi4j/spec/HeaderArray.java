package io.asgi4j.spec;

import org.jspecify.annotations.Nullable;

/** Headers in an array, which belongs to this object. */
final class HeaderArray implements Headers {
    static final HeaderArray EMPTY = new HeaderArray(new Header[0]);

    private final Header[] fields;

    HeaderArray(Header[] fields) {
        this.fields = fields;
    }

    @Override
    public int size() {
        return fields.length;
    }

    @Override
    public Header get(int index) {
        return fields[index];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || Headers.areEqual(this, other);
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
