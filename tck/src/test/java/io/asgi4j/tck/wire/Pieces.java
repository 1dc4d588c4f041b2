package io.asgi4j.tck.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Bytes that arrive in given pieces, with a given ending behind them. */
final class Pieces implements Inbox.Source {
    private final Deque<Octets> pieces;
    private final Ending ending;

    private Pieces(List<Octets> pieces, Ending ending) {
        this.pieces = new ArrayDeque<>(pieces);
        this.ending = ending;
    }

    static Inbox inbox(Ending ending, Octets... pieces) {
        return new Inbox(new Pieces(List.of(pieces), ending));
    }

    /** Two pieces, cut at an offset. */
    static Inbox cut(Octets octets, int offset, Ending ending) {
        return inbox(ending, octets.first(offset), octets.from(offset));
    }

    static Inbox oneByOne(Octets octets, Ending ending) {
        var single = new Octets[octets.size()];
        for (var i = 0; i < single.length; i++) {
            single[i] = octets.slice(i, i + 1);
        }
        return inbox(ending, single);
    }

    @Override
    public boolean pull(ByteBuffer into, Deadline deadline) {
        while (!pieces.isEmpty()) {
            var piece = pieces.remove();
            if (!piece.isEmpty()) {
                var count = Math.min(piece.size(), into.remaining());
                into.put(piece.first(count).toByteBuffer());
                if (count < piece.size()) {
                    pieces.addFirst(piece.from(count));
                }
                return true;
            }
        }
        return false;
    }

    @Override
    public Ending ending() {
        return pieces.isEmpty() ? ending : Ending.OPEN;
    }
}
