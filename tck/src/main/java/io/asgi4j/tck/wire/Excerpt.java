package io.asgi4j.tck.wire;

/**
 * The beginning and the end of bytes of any length.
 *
 * @param head the first bytes
 * @param omitted how many bytes were left out behind them
 * @param tail the last bytes
 */
public record Excerpt(Octets head, long omitted, Octets tail) {
    public static final int HEAD = 3072;
    public static final int TAIL = 1024;

    public static Excerpt of(Octets octets) {
        return octets.size() <= HEAD + TAIL
                ? new Excerpt(octets, 0, Octets.EMPTY)
                : new Excerpt(octets.first(HEAD), octets.size() - HEAD - TAIL, octets.last(TAIL));
    }

    /** How many bytes it stands for. */
    public long size() {
        return head.size() + omitted + tail.size();
    }

    Excerpt followedBy(Octets more) {
        if (omitted == 0) {
            return of(Octets.concat(head, tail, more));
        }
        var end = Octets.concat(tail, more.last(TAIL)).last(TAIL);
        return new Excerpt(head, size() + more.size() - head.size() - end.size(), end);
    }
}
