package io.asgi4j.server.netty.http1;

import static java.util.Objects.requireNonNull;

import io.asgi4j.benchmarks.micro.Browser;
import io.asgi4j.server.netty.http.Fields;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.loop.TurnClock;
import io.asgi4j.server.netty.options.Options;
import io.asgi4j.spec.Connection;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpScope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
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
    private static final InetSocketAddress HERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8000);
    private static final int LENGTH = 32 * 1024;

    private final ByteBuf wire = Unpooled.directBuffer().writeBytes(Browser.head());
    private final Last last = new Last();
    private final RequestReader reader =
            new RequestReader(last, UnpooledByteBufAllocator.DEFAULT, Http1Settings.of(Options.defaults()));
    private final ScopeFactory scopes = new ScopeFactory(new io.asgi4j.spec.State(), "", HERE, HERE, null);
    private final RequestHead head = parse(reader, wire, last);

    private final ResponseEncoder encoder = new ResponseEncoder(new TurnClock(), true, true);
    private final Headers fields = Headers.of("content-type", "text/html; charset=utf-8", "cache-control", "no-store");
    private final ByteBuf out = Unpooled.directBuffer();

    @Benchmark
    public RequestHead aHeadIsParsed() {
        return parse(reader, wire, last);
    }

    private static RequestHead parse(RequestReader reader, ByteBuf wire, Last last) {
        reader.receive(wire.retainedDuplicate());
        return requireNonNull(last.head);
    }

    @Benchmark
    public HttpScope aScopeIsBuilt() {
        var target = RequestCheck.target(head);
        return scopes.http(head.version(), head.method(), target, target.headers(head.fields()), Connection.detached());
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
        encoder.contentLength(LENGTH);
        encoder.own(false, false);
        encoder.end(out.clear());
        return out;
    }

    /** Keeps the last head. */
    private static final class Last implements RequestReader.Listener {
        private @Nullable RequestHead head;

        @Override
        public BodyFraming head(RequestHead complete) {
            head = complete;
            return RequestCheck.framing(complete);
        }

        @Override
        public void body(ByteBuf in, int count) {
            throw new AssertionError("there is no body");
        }

        @Override
        public void bodyEnd(Fields trailers) {
            throw new AssertionError("there is no body");
        }

        @Override
        public void violation(Violation violation, @Nullable RequestHead requestLine) {
            throw new Violation.Found(violation);
        }
    }
}
