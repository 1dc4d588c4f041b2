package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket; it belongs to the thread of its {@link ClientLoop}.
 *
 * <p>Written by hand because the client has one processor and must need less of it than the server: it compares messages where they
 * were received, and sends frames that were made beforehand. A wrong answer, or a connection that the server closes, fails the loop.
 */
public final class WebSocketClient extends ByteToMessageDecoder {
    private static final ByteBuf END_OF_HEAD = Unpooled.wrappedBuffer(new byte[] {'\r', '\n', '\r', '\n'});
    private static final byte[] NORMAL_CLOSURE = {1000 >> 8, (byte) 1000};
    private static final int LARGEST_MESSAGE = 64 << 10;

    private final ClientLoop loop;
    private final Handshake handshake;
    private final Listener listener;
    private final @Nullable Inflation inflation;

    private @Nullable ChannelHandlerContext context;
    private String extension = "";
    private boolean open;
    private boolean closing;
    private boolean unflushed;

    /** A message that comes in several frames, as far as it is here. */
    private final ByteBuf parts = Unpooled.buffer(0);

    private boolean compressed;

    /** What happens to a WebSocket. */
    public interface Listener {
        void opened(WebSocketClient socket);

        /** A whole message, inflated; the buffer is only lent. */
        void received(WebSocketClient socket, ByteBuf content, int index, int length) throws IOException;
    }

    private WebSocketClient(ClientLoop loop, Handshake handshake, Listener listener) {
        this.loop = loop;
        this.handshake = handshake;
        this.listener = listener;
        this.inflation = handshake.deflate() ? new Inflation(LARGEST_MESSAGE) : null;
    }

    /** Begins to connect; the listener learns when it is open. */
    public static WebSocketClient connect(
            ClientLoop loop, InetSocketAddress server, String path, boolean deflate, Listener listener) {
        var client = new WebSocketClient(loop, new Handshake(server, path, deflate), listener);
        loop.connect(server, client);
        return client;
    }

    /** The extension that the server chose, or nothing. */
    public String extension() {
        return extension;
    }

    /** Whether the last message came compressed. */
    public boolean compressed() {
        return compressed;
    }

    /** Sends a message; within {@link Listener#received} it goes out when all that came is read. */
    public void send(Message message) {
        var context = connected();
        context.write(message.frame(), context.voidPromise());
        unflushed = true;
    }

    public void flush() {
        unflushed = false;
        connected().flush();
    }

    /** Begins the closing handshake. */
    public void close() {
        closing = true;
        if (!isClosed()) {
            connected().writeAndFlush(Frames.masked(Frames.FIN | Frames.CLOSE, NORMAL_CLOSURE));
        }
    }

    public boolean isClosed() {
        return context == null || !context.channel().isActive();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), handshake.request()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        if (unflushed) {
            flush();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
            throws IOException, DataFormatException {
        if (open) {
            readFrame(in);
        } else {
            readHead(in);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        fail(new IOException("The server closed the connection"));
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (inflation != null) {
            inflation.close();
        }
    }

    private void fail(Throwable cause) {
        if (!closing) {
            closing = true;
            loop.fail(cause);
        }
    }

    private void readHead(ByteBuf in) throws IOException {
        var end = ByteBufUtil.indexOf(END_OF_HEAD, in);
        if (end < 0) {
            return;
        }
        var head = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.ISO_8859_1);
        in.readerIndex(end + END_OF_HEAD.readableBytes());
        extension = handshake.extension(head);
        open = true;
        listener.opened(this);
    }

    private void readFrame(ByteBuf in) throws IOException, DataFormatException {
        var start = in.readerIndex();
        if (in.readableBytes() < 2) {
            return;
        }
        var first = in.getUnsignedByte(start);
        var length = (int) in.getUnsignedByte(start + 1);
        if (length >= Frames.LENGTH_64) {
            throw new IOException("A frame that is masked, or longer than any message");
        }
        var header = 2;
        if (length == Frames.LENGTH_16) {
            header = 4;
            if (in.readableBytes() < header) {
                return;
            }
            length = in.getUnsignedShort(start + 2);
        }
        if (in.readableBytes() >= header + length) {
            in.skipBytes(header + length);
            frame(first, in, start + header, length);
        }
    }

    private void frame(int first, ByteBuf in, int index, int length) throws IOException, DataFormatException {
        switch (first & Frames.OPCODE) {
            case Frames.TEXT -> {
                compressed = (first & Frames.RSV1) != 0;
                part(first, in, index, length);
            }
            case Frames.CONTINUATION -> part(first, in, index, length);
            case Frames.PING -> pong(in, index, length);
            case Frames.CLOSE -> connected().close();
            default -> throw new IOException("A frame that begins with " + Integer.toHexString(first));
        }
    }

    private void part(int first, ByteBuf in, int index, int length) throws IOException, DataFormatException {
        var isLast = (first & Frames.FIN) != 0;
        if (isLast && !parts.isReadable()) {
            message(in, index, length);
            return;
        }
        parts.writeBytes(in, index, length);
        if (isLast) {
            message(parts, 0, parts.readableBytes());
            parts.clear();
        }
    }

    private void message(ByteBuf content, int index, int length) throws IOException, DataFormatException {
        if (!compressed) {
            listener.received(this, content, index, length);
        } else if (inflation == null) {
            throw new IOException("A compressed message without an extension for it");
        } else {
            var inflated = inflation.inflate(content, index, length);
            listener.received(this, inflated, 0, inflated.readableBytes());
        }
    }

    private void pong(ByteBuf in, int index, int length) {
        connected().write(Frames.masked(Frames.FIN | Frames.PONG, ByteBufUtil.getBytes(in, index, length)));
        unflushed = true;
    }

    private ChannelHandlerContext connected() {
        if (context == null) {
            throw new IllegalStateException("The WebSocket is not connected yet");
        }
        return context;
    }
}
