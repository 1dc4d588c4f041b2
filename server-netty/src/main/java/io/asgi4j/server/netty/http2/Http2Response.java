package io.asgi4j.server.netty.http2;

import io.asgi4j.server.netty.exchange.HttpStream;
import io.asgi4j.server.netty.exchange.ResponseHead;
import io.asgi4j.spec.Headers;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The response to one request, framed for HTTP/2.
 *
 * <p>Owned by the connection's event loop. The head waits for what follows in the same turn, so that one frame ends a
 * response without a body.
 */
final class Http2Response implements HttpStream {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Response.class);
    private static final int CONTINUE = 100;

    /** What the stream's call does about its response. */
    interface Owner {
        /** The application waits for the request body, or took some of it. */
        void readBody();

        /** The response is complete, or cut off. */
        void responseEnded();
    }

    private final Owner owner;
    private final StreamOutput output;
    private final ResponseFields fields;
    private final ByteBufAllocator alloc;
    private @Nullable Http2Headers waitingHead;
    private boolean headWritten;
    private boolean trailersWanted;
    private boolean over;
    private @Nullable FilePump pump;
    private @Nullable Headers trailersAfterFile;

    Http2Response(Owner owner, StreamOutput output, ResponseFields fields, ByteBufAllocator alloc) {
        this.owner = owner;
        this.output = output;
        this.fields = fields;
        this.alloc = alloc;
    }

    boolean isHeadWritten() {
        return headWritten;
    }

    /** Whether nothing more comes from the exchange. */
    boolean isOver() {
        return over;
    }

    /** Ignores everything that still comes from the exchange. */
    void discard() {
        over = true;
        stopPump();
    }

    /** The stream is closed. */
    void closed() {
        stopPump();
    }

    private void stopPump() {
        if (pump != null) {
            pump.stop();
            pump = null;
        }
    }

    @Override
    public void readBody() {
        if (!over) {
            owner.readBody();
        }
    }

    /** Asks the client for the body it holds back. */
    void continued() {
        output.headers(ResponseFields.of(CONTINUE, Headers.empty()), false);
        output.flush();
    }

    @Override
    public void informational(int status, Headers headers) {
        if (!over) {
            output.headers(ResponseFields.of(status, headers), false);
        }
    }

    @Override
    public void head(ResponseHead head) {
        if (over) {
            return;
        }
        headWritten = true;
        trailersWanted = head.trailers();
        var section = fields.of(head);
        if (head.bodiless()) {
            output.headers(section, true);
        } else {
            waitingHead = section;
        }
    }

    private void writeHead(boolean last) {
        if (waitingHead != null) {
            output.headers(waitingHead, last);
            waitingHead = null;
        }
    }

    @Override
    public void body(ByteBuffer bytes, boolean last) {
        if (over) {
            return;
        }
        if (bytes.hasRemaining()) {
            writeHead(false);
            output.data(Unpooled.wrappedBuffer(bytes), last);
        }
        if (last) {
            end(Headers.empty());
        }
    }

    @Override
    public void file(FileRange range, boolean last) {
        if (over) {
            range.done().done(false);
            return;
        }
        writeHead(false);
        var started = new FilePump(output, alloc, range, last, new FileEnd(last));
        pump = started;
        started.start();
    }

    private final class FileEnd implements FilePump.Listener {
        private final boolean last;

        FileEnd(boolean last) {
            this.last = last;
        }

        @Override
        public void sent() {
            pump = null;
            if (over) {
                return;
            }
            if (last) {
                end(Headers.empty());
            } else if (trailersAfterFile != null) {
                trailers(trailersAfterFile);
                output.flush();
            }
        }

        @Override
        public void failed(IOException cause) {
            LOG.error("A response is cut off", cause);
            pump = null;
            abort();
        }
    }

    @Override
    public void trailers(Headers headers) {
        if (pump != null) {
            trailersAfterFile = headers;
        } else if (!over) {
            end(trailersWanted ? headers : Headers.empty());
        }
    }

    private void end(Headers trailers) {
        if (!output.isEnded()) {
            if (trailers.size() > 0) {
                writeHead(false);
                output.headers(ResponseFields.trailers(trailers), true);
            } else if (waitingHead != null) {
                writeHead(true);
            } else {
                output.data(Unpooled.EMPTY_BUFFER, true);
            }
        }
        over = true;
        owner.responseEnded();
    }

    @Override
    public void abort() {
        if (!over) {
            writeHead(false);
            output.push();
            drop();
        }
    }

    @Override
    public void drop() {
        var first = !over;
        discard();
        output.reset(Http2Error.INTERNAL_ERROR);
        if (first) {
            owner.responseEnded();
        }
    }

    @Override
    public void flush() {
        writeHead(false);
        output.flush();
    }
}
