package io.asgi4j.server.netty.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.asgi4j.server.netty.http.Violation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any octets at all, where the frames of an HTTP/2 client are expected. */
class FrameFuzzTests {
    private static final int PREFACE_OCTETS = 24;
    private static final int MAX_FIELDS = 100;
    private static final int MANY = 1_000_000;

    /** Without their prefaces, cut in the middle. */
    static Stream<byte[]> conversations() {
        return Conversation.all().stream().map(conversation -> {
            var sent = conversation.sent();
            var frames = Arrays.copyOfRange(sent, PREFACE_OCTETS - 1, sent.length);
            frames[0] = (byte) 0x80;
            return frames;
        });
    }

    /** The first octet says where the others are cut. */
    @MethodSource("conversations")
    @FuzzTest(maxDuration = "5s")
    void theSameOctetsCutAnywhereAreTheSameRequestsOrTheSameError(byte[] input) {
        if (input.length < 2) {
            return;
        }
        var octets = Arrays.copyOfRange(input, 1, input.length);
        var cut = (input[0] & 0xFF) * octets.length / 256;
        assertEquals(
                eventsOf(octets), eventsOf(Arrays.copyOf(octets, cut), Arrays.copyOfRange(octets, cut, octets.length)));
    }

    private static List<String> eventsOf(byte[]... pieces) {
        var reader = new Reader();
        var channel = new EmbeddedChannel(reader);
        try {
            for (var piece : pieces) {
                channel.writeInbound(Unpooled.copiedBuffer(piece));
            }
            return reader.events;
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /** Reads as a connection does: the meter first, then Netty's frames, then ours out of their sections. */
    private static final class Reader extends ByteToMessageDecoder {
        private final List<String> events = new ArrayList<>();
        private final FrameMeter meter = new FrameMeter(MANY, System::nanoTime);
        private final DefaultHttp2FrameReader frames = new DefaultHttp2FrameReader();
        private final Recorded recorded = new Recorded();
        private boolean failed;

        Reader() {
            meter.see(Unpooled.wrappedBuffer(new byte[PREFACE_OCTETS]));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            meter.see((ByteBuf) message);
            super.channelRead(ctx, message);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            if (failed) {
                in.skipBytes(in.readableBytes());
                return;
            }
            try {
                frames.readFrame(ctx, in, recorded);
            } catch (Http2Exception error) {
                failed = !Http2Exception.isStreamError(error);
                events.add(error.error() + " " + Http2Exception.isStreamError(error));
            }
        }

        @Override
        protected void handlerRemoved0(ChannelHandlerContext ctx) {
            frames.close();
            events.add("within a head: " + (meter.isHeadOpen() && !failed));
        }

        private final class Recorded extends Http2FrameAdapter {
            @Override
            public void onHeadersRead(
                    ChannelHandlerContext ctx, int id, Http2Headers section, int padding, boolean last) {
                events.add(id + " " + (section.method() == null ? trailers(section) : head(section)) + " " + last);
            }

            @Override
            public void onHeadersRead(
                    ChannelHandlerContext ctx,
                    int id,
                    Http2Headers section,
                    int dependency,
                    short weight,
                    boolean exclusive,
                    int padding,
                    boolean last) {
                onHeadersRead(ctx, id, section, padding, last);
            }

            @Override
            public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean last) {
                events.add(id + " " + data.toString(StandardCharsets.ISO_8859_1) + " " + last);
                return data.readableBytes() + padding;
            }

            @Override
            public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
                events.add(id + " reset " + code);
            }
        }

        private static String head(Http2Headers section) {
            try {
                return HeadReader.head(section, MAX_FIELDS).toString();
            } catch (Malformed | Violation.Found refused) {
                return "" + refused.getMessage();
            }
        }

        private static String trailers(Http2Headers section) {
            try {
                return HeadReader.trailers(section, MAX_FIELDS).toString();
            } catch (Malformed | Violation.Found refused) {
                return "" + refused.getMessage();
            }
        }
    }
}
