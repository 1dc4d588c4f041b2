package io.asgi4j.server.netty.http1;

import static java.util.Objects.requireNonNull;

import io.asgi4j.benchmarks.micro.Browser;
import io.asgi4j.server.netty.loop.TurnClock;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The head of a request on its way to a scope, and the head of a response on its way to bytes. */
@NullMarked
@State(Scope.Thread)
public class HeadBenchmark {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_SIZE = 32 * 1024;
    private static final int MAX_CHUNK = 64 * 1024;
    private static final int MAX_FIELDS = 200;
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8000);

    private final ByteBuf head = Unpooled.directBuffer().writeBytes(Browser.head());
    private final RequestDecoder decoder = new RequestDecoder(MAX_LINE, MAX_SIZE, MAX_CHUNK);
    private final Decoded decoded = new Decoded();
    private final ChannelHandlerContext before = contextBefore(decoder, decoded);
    private final RequestCheck check = new RequestCheck(MAX_FIELDS);
    private final ScopeFactory scopes = new ScopeFactory(new io.asgi4j.spec.State(), "", HERE, HERE);
    private final HttpRequest request = decode();

    private final ResponseEncoder encoder = new ResponseEncoder(new TurnClock(), true, true);
    private final Headers fields = Headers.of("content-type", "text/html; charset=utf-8", "cache-control", "no-store");
    private final ByteBuf out = Unpooled.directBuffer();

    private static ChannelHandlerContext contextBefore(ChannelHandler... handlers) {
        var first = new ChannelHandlerAdapter() {};
        var pipeline = new EmbeddedChannel(first).pipeline().addLast(handlers);
        return pipeline.context(first);
    }

    private HttpRequest decode() {
        before.fireChannelRead(head.retainedDuplicate());
        return requireNonNull(decoded.request);
    }

    @Benchmark
    public HttpRequest aRequestIsDecoded() {
        return decode();
    }

    @Benchmark
    public HttpScope aScopeIsBuilt() {
        return scopes.http(request, check.check(request), Connection.detached());
    }

    @Benchmark
    public void aScopeIsBuiltAndAllItsFieldsAreRead(Blackhole read) {
        for (var field : aScopeIsBuilt().headers()) {
            read.consume(field);
        }
    }

    @Benchmark
    public ByteBuf aResponseIsEncoded() {
        encoder.status(200);
        for (var field : fields) {
            encoder.field(field);
        }
        encoder.contentLength(MAX_SIZE);
        encoder.own(false, false);
        encoder.end(out.clear());
        return out;
    }

    /** Keeps the last request. */
    private static final class Decoded extends ChannelInboundHandlerAdapter {
        private @Nullable HttpRequest request;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest head) {
                request = head;
            }
            ReferenceCountUtil.release(message);
        }
    }
}
