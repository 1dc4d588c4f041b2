package io.asgi4j.benchmarks.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionEncoder;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those to whom goes what any of them says. May be used from any event loop. */
final class NettyRoom {
    private final Map<EventLoop, Members> members = new ConcurrentHashMap<>();

    /** Adds a member; called on its loop. */
    void join(Channel channel) {
        members.computeIfAbsent(channel.eventLoop(), Members::new).add(channel);
    }

    /** Takes out a channel, also one that has not joined; called on its loop. */
    void leave(Channel channel) {
        var ofLoop = members.get(channel.eventLoop());
        if (ofLoop != null) {
            ofLoop.remove(channel);
        }
    }

    /** Sends a whole message to all, and releases it. */
    void say(WebSocketFrame message) {
        var encoded = encode(message);
        members.values().forEach(ofLoop -> ofLoop.hear(message, encoded));
        message.release();
        encoded.release();
    }

    /** What the frame encoder would write, once for all. */
    private static ByteBuf encode(WebSocketFrame message) {
        var content = message.content();
        var length = content.readableBytes();
        var encoded = ByteBufAllocator.DEFAULT.directBuffer(10 + length);
        encoded.writeByte(message instanceof TextWebSocketFrame ? 0x81 : 0x82);
        if (length < 126) {
            encoded.writeByte(length);
        } else if (length <= 0xffff) {
            encoded.writeByte(126).writeShort(length);
        } else {
            encoded.writeByte(127).writeLong(length);
        }
        return encoded.writeBytes(content, content.readerIndex(), length);
    }

    /** The members of one event loop, which owns this. */
    private static final class Members {
        private final EventLoop loop;
        private final Set<Channel> plain = new HashSet<>();
        private final Set<Channel> compressing = new HashSet<>();
        private boolean flushing;

        Members(EventLoop loop) {
            this.loop = loop;
        }

        void add(Channel channel) {
            var compresses = channel.pipeline().context(WebSocketExtensionEncoder.class) != null;
            (compresses ? compressing : plain).add(channel);
        }

        void remove(Channel channel) {
            plain.remove(channel);
            compressing.remove(channel);
        }

        /** May be called from any thread. */
        void hear(WebSocketFrame message, ByteBuf encoded) {
            if (loop.inEventLoop()) {
                write(message, encoded);
            } else {
                message.retain();
                encoded.retain();
                loop.execute(() -> {
                    write(message, encoded);
                    message.release();
                    encoded.release();
                });
            }
        }

        private void write(WebSocketFrame message, ByteBuf encoded) {
            for (var channel : plain) {
                channel.write(encoded.retainedDuplicate());
                dismissIfDeaf(channel);
            }
            for (var channel : compressing) {
                channel.write(message.retainedDuplicate());
                dismissIfDeaf(channel);
            }
            if (!flushing) {
                // once for all that is said in this turn of the loop
                flushing = true;
                loop.execute(this::flush);
            }
        }

        private void flush() {
            flushing = false;
            plain.forEach(Channel::flush);
            compressing.forEach(Channel::flush);
        }

        private static void dismissIfDeaf(Channel channel) {
            if (!channel.isWritable()) {
                channel.flush();
                if (!channel.isWritable()) {
                    channel.close();
                }
            }
        }
    }
}
