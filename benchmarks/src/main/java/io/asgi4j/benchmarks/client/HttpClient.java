package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A keep-alive connection on which the same request is sent again and again; it belongs to the thread of its {@link ClientLoop}.
 *
 * <p>Every answer is compared byte for byte; a wrong one, or a connection that the server closes, fails the loop.
 */
public final class HttpClient extends ChannelInboundHandlerAdapter {
    private final ClientLoop loop;
    private final Exchange exchange;
    private final Listener listener;

    private @Nullable ChannelHandlerContext context;

    /** Bytes of the current answer that are here already. */
    private int received;

    private long due;
    private boolean reading;
    private boolean closing;

    /** What happens on a connection. */
    public interface Listener {
        void opened(HttpClient client);

        void answered(HttpClient client);
    }

    private HttpClient(ClientLoop loop, Exchange exchange, Listener listener) {
        this.loop = loop;
        this.exchange = exchange;
        this.listener = listener;
    }

    /** Begins to connect; the listener learns when it is done. */
    public static void connect(ClientLoop loop, InetSocketAddress server, Exchange exchange, Listener listener) {
        loop.connect(server, new HttpClient(loop, exchange, listener));
    }

    /**
     * Sends the request; within {@link Listener#answered} it goes out when all that came is read.
     *
     * @param due when it should have been sent, by {@link System#nanoTime}
     */
    public void send(long due) {
        this.due = due;
        var context = connected();
        context.write(exchange.request(), context.voidPromise());
        if (!reading) {
            context.flush();
        }
    }

    /** When the last request should have been sent. */
    public long due() {
        return due;
    }

    public void close() {
        closing = true;
        connected().close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        this.context = context;
        listener.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        reading = true;
        var in = (ByteBuf) message;
        try {
            while (in.isReadable() && !closing) {
                read(in);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!closing) {
            loop.fail(cause);
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!closing) {
            loop.fail(new IOException("The server closed the connection"));
        }
    }

    private void read(ByteBuf in) throws IOException {
        var begin = received;
        var end = Math.min(exchange.answerLength(), begin + in.readableBytes());
        if (!exchange.isAnswer(in, in.readerIndex(), begin, end)) {
            throw new IOException("An answer is not the one that was given before");
        }
        in.skipBytes(end - begin);
        received = end;
        if (received == exchange.answerLength()) {
            received = 0;
            listener.answered(this);
        }
    }

    private ChannelHandlerContext connected() {
        if (context == null) {
            throw new IllegalStateException("The connection is not open yet");
        }
        return context;
    }
}
