package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.HttpStream.FileRange;
import io.netty.buffer.ByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;

/**
 * Sends a range of a file on one stream, a piece at a time: frames leave no way past the heap, so what is not copied is what
 * the client does not take.
 *
 * <p>Owned by the connection's event loop.
 */
final class FilePump {
    private static final int PIECE = 64 * 1024;

    /** Hears how it went. */
    interface Listener {
        /** All of it was sent. */
        void sent();

        /** The file could not be read as far as was promised. */
        void failed(IOException cause);
    }

    private final StreamOutput output;
    private final ByteBufAllocator alloc;
    private final FileRange range;
    private final boolean last;
    private final Listener listener;
    private long position;
    private long left;
    private boolean over;

    FilePump(StreamOutput output, ByteBufAllocator alloc, FileRange range, boolean last, Listener listener) {
        this.output = output;
        this.alloc = alloc;
        this.range = range;
        this.last = last;
        this.listener = listener;
        this.position = range.position();
        this.left = range.count();
    }

    void start() {
        next();
    }

    /** The stream is closed: the file is needed no longer. */
    void stop() {
        end(false);
    }

    private void next() {
        if (over) {
            return;
        }
        var size = (int) Math.min(PIECE, left);
        var piece = alloc.ioBuffer(size);
        try {
            while (piece.readableBytes() < size) {
                var read =
                        piece.writeBytes(range.file(), position + piece.readableBytes(), size - piece.readableBytes());
                if (read < 0) {
                    throw new EOFException("the file became shorter while it was sent");
                }
            }
        } catch (IOException failure) {
            piece.release();
            end(false);
            listener.failed(failure);
            return;
        }
        position += size;
        left -= size;
        output.data(piece, last && left == 0, this::sent);
        output.flush();
    }

    private void sent() {
        if (left > 0) {
            next();
        } else if (!over) {
            end(true);
            listener.sent();
        }
    }

    private void end(boolean success) {
        if (!over) {
            over = true;
            range.done().done(success);
        }
    }
}
