package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.HttpStream;
import io.asgi4j.server.netty.exchange.ResponseHead;
import io.asgi4j.server.netty.http.Ending;
import io.asgi4j.server.netty.http.Tokens;
import io.asgi4j.spec.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one request, framed for HTTP/1.
 *
 * <p>Owned by the connection's event loop. What is small is gathered in {@code gathered}, so that a head and a short body
 * leave as one buffer; what is larger is passed on as it is.
 */
final class Http1Response implements HttpStream {
    /** Up to here copying a body part costs less than another buffer in the gathering write. */
    private static final int COPY_LIMIT = 4096;

    private static final int INITIAL_CAPACITY = 512;
    private static final int NO_CONTENT = 204;
    private static final int RESET_ON_CLOSE = 0;
    private static final int CLOSE_ORDERLY = -1;

    private final Http1Connection connection;
    private final Channel channel;
    private final ResponseEncoder encoder;
    private final boolean http10;
    private boolean keepAlive;
    private boolean chunked;
    private boolean closeDelimited;
    private boolean headWritten;
    private boolean trailersWanted;
    private boolean over;
    private @Nullable ByteBuf gathered;

    Http1Response(
            Http1Connection connection, Channel channel, ResponseEncoder encoder, boolean http10, boolean keepAlive) {
        this.connection = connection;
        this.channel = channel;
        this.encoder = encoder;
        this.http10 = http10;
        this.keepAlive = keepAlive;
    }

    boolean isHeadWritten() {
        return headWritten;
    }

    boolean isKeepAlive() {
        return keepAlive;
    }

    /** Makes this the last response of its connection. */
    void closeAfterwards() {
        keepAlive = false;
    }

    /** Ignores everything that still comes from the exchange. */
    void discard() {
        over = true;
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }

    @Override
    public void readBody() {
        if (!over) {
            connection.readBody();
        }
    }

    /** Asks the client for the body it holds back. */
    void continued() {
        encoder.continued(gathered());
        flush();
    }

    @Override
    public void informational(int status, Headers headers) {
        // HTTP/1.0 has no informational responses (RFC 9110 15.2).
        if (over || http10) {
            return;
        }
        encoder.status(status);
        for (var field : headers) {
            encoder.field(field);
        }
        encoder.end(gathered());
    }

    @Override
    public void head(ResponseHead head) {
        if (over) {
            return;
        }
        connection.headStarts(this);
        headWritten = true;
        trailersWanted = head.trailers();
        encoder.status(head.status());
        fields(head);
        if (!keepAlive) {
            encoder.close();
        } else if (http10) {
            encoder.keepAlive();
        }
        encoder.end(gathered());
    }

    private void fields(ResponseHead head) {
        var dateGiven = false;
        var serverGiven = false;
        for (var field : head.headers()) {
            switch (field.name()) {
                case "connection" -> keepAlive &= !Tokens.lists(field.value(), "close");
                case "transfer-encoding", "content-length", "keep-alive", "proxy-connection", "upgrade" -> {}
                case "date" -> {
                    dateGiven = true;
                    encoder.field(field);
                }
                case "server" -> {
                    serverGiven = true;
                    encoder.field(field);
                }
                default -> encoder.field(field);
            }
        }
        framing(head);
        encoder.own(dateGiven, serverGiven);
    }

    private void framing(ResponseHead head) {
        var declared = head.contentLength() != ResponseHead.UNDECLARED;
        if (head.bodiless()) {
            // RFC 9110 8.6: a 204 has no Content-Length.
            if (declared && head.status() != NO_CONTENT) {
                encoder.contentLength(head.contentLength());
            }
        } else if (declared) {
            encoder.contentLength(head.contentLength());
        } else if (http10) {
            closeDelimited = true;
            keepAlive = false;
            // The end of the connection ends the body: whatever cuts it short must be seen to be no end.
            channel.config().setOption(ChannelOption.SO_LINGER, RESET_ON_CLOSE);
        } else {
            chunked = true;
            encoder.chunked();
        }
    }

    @Override
    public void body(ByteBuffer bytes, boolean last) {
        if (over) {
            return;
        }
        var size = bytes.remaining();
        if (size > 0) {
            if (chunked) {
                encoder.chunkStart(gathered(), size);
            }
            if (size <= COPY_LIMIT) {
                gathered().writeBytes(bytes);
            } else {
                pass(Unpooled.wrappedBuffer(bytes));
            }
            if (chunked) {
                encoder.chunkEnd(gathered());
            }
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
        if (chunked) {
            encoder.chunkStart(gathered(), range.count());
        }
        passGathered();
        var region = new BorrowedFileRegion(range);
        channel.write(region).addListener(written -> {
            range.done().done(written.isSuccess());
            if (!written.isSuccess()) {
                // The file became shorter while it was sent: the client must see that bytes are missing.
                Ending.atOnce(channel);
            }
        });
        if (chunked) {
            encoder.chunkEnd(gathered());
        }
        if (last) {
            end(Headers.empty());
        }
    }

    @Override
    public void trailers(Headers headers) {
        if (!over) {
            end(trailersWanted ? headers : Headers.empty());
        }
    }

    private void end(Headers trailers) {
        if (chunked) {
            encoder.lastChunk(gathered(), trailers);
        }
        if (closeDelimited) {
            channel.config().setOption(ChannelOption.SO_LINGER, CLOSE_ORDERLY);
        }
        passGathered();
        over = true;
        connection.responseEnded(this);
    }

    @Override
    public void abort() {
        if (!over) {
            passGathered();
            over = true;
            connection.cut();
        }
    }

    @Override
    public void drop() {
        over = true;
        if (closeDelimited) {
            channel.config().setOption(ChannelOption.SO_LINGER, RESET_ON_CLOSE);
        }
        Ending.atOnce(channel);
    }

    @Override
    public void flush() {
        passGathered();
        connection.flush(this);
    }

    private ByteBuf gathered() {
        var out = gathered;
        if (out == null) {
            out = channel.alloc().ioBuffer(INITIAL_CAPACITY);
            gathered = out;
        }
        return out;
    }

    private void passGathered() {
        if (gathered != null) {
            var out = gathered;
            gathered = null;
            channel.write(out, channel.voidPromise());
        }
    }

    private void pass(ByteBuf buffer) {
        passGathered();
        channel.write(buffer, channel.voidPromise());
    }

    /** A region of a channel that stays open when the region is done with: it has an owner. */
    private static final class BorrowedFileRegion extends DefaultFileRegion {
        BorrowedFileRegion(FileRange range) {
            super(range.file(), range.position(), range.count());
        }

        @Override
        protected void deallocate() {
            // The channel is the owner's to close.
        }
    }
}
