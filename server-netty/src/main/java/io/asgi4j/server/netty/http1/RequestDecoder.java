package io.asgi4j.server.netty.http1;

import static io.asgi4j.server.netty.http1.Violation.badRequest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/**
 * Netty's request decoder, strict about the request line and stoppable between any two messages.
 *
 * <p>Owned by the connection's event loop. While it is held, bytes stay bytes: a pipelined request is not looked at
 * before the one in front of it was answered, and a body not before somebody wants it.
 */
final class RequestDecoder extends HttpRequestDecoder {
    /** Room for every registered method, the longest of which has 17 characters. */
    private static final int MAX_METHOD = 64;

    private boolean held;
    private boolean lost;
    private boolean withinHead;
    private int secondWordStart;

    RequestDecoder(int maxRequestLine, int maxHeaderSize, int maxChunk) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxRequestLine)
                .setMaxHeaderSize(maxHeaderSize)
                .setMaxChunkSize(maxChunk)
                .setStrictLineParsing(true));
    }

    /** Decodes nothing more until {@link #release}. */
    void hold() {
        held = !lost;
    }

    boolean isHeld() {
        return held;
    }

    /** Decodes again, beginning with what was received meanwhile. */
    void release(ChannelHandlerContext own) throws Exception {
        held = false;
        if (buffered() > 0) {
            channelRead(own, Unpooled.EMPTY_BUFFER);
        }
    }

    /** Returns how many received bytes are not decoded yet. */
    int buffered() {
        return actualReadableBytes();
    }

    /** Tells whether bytes of a request were received whose head is not complete. Meaningful between two requests. */
    boolean isWithinHead() {
        return withinHead;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!held) {
            withinHead = true;
            super.decode(ctx, in, out);
            if (!out.isEmpty()) {
                withinHead = false;
            }
        }
    }

    /** What was received before the connection was lost is decoded to its end: nothing more can come to be too much. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        held = false;
        lost = true;
        super.channelInactive(ctx);
    }

    /** A client that closes its sending side does not end what was received before: the base class would drop it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(event);
    }

    /** Reading on is the connection's decision alone, so the base class's own {@code read()} is left out. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    // The base class takes any white space, and any amount of it, around the words of a request line.

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
        if (length > MAX_METHOD) {
            throw new Violation.Found(new Violation(501, "RFC 9110 15.6.2", "No method is that long."));
        }
        if (start != 0) {
            throw new Violation.Found(badRequest("RFC 9112 3", "White space before the method."));
        }
        for (var i = 0; i < length; i++) {
            if (!Tokens.isTokenChar(line[i])) {
                throw new Violation.Found(badRequest("RFC 9110 9.1", "The method is not a token."));
            }
        }
        secondWordStart = length + 1;
        return super.splitFirstWordInitialLine(line, start, length);
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
        if (start != secondWordStart || line[start - 1] != ' ') {
            throw new Violation.Found(badRequest("RFC 9112 3", "Method and target are not separated by one space."));
        }
        var end = start + length;
        if (end < line.length && line[end] != ' ') {
            throw new Violation.Found(badRequest("RFC 9112 3", "Target and version are not separated by one space."));
        }
        return super.splitSecondWordInitialLine(line, start, length);
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
        var version = super.splitThirdWordInitialLine(line, start, length);
        return switch (version) {
            case "HTTP/1.1", "HTTP/1.0" -> version;
            default -> throw new Violation.Found(unsupported(version));
        };
    }

    private static Violation unsupported(String version) {
        var wellFormed = version.length() == 8
                && version.startsWith("HTTP/")
                && Tokens.isDigit(version.charAt(5))
                && version.charAt(6) == '.'
                && Tokens.isDigit(version.charAt(7));
        return wellFormed
                ? new Violation(505, "RFC 9110 15.6.6", "This server speaks HTTP/1.1 and HTTP/1.0.")
                : badRequest("RFC 9112 2.3", "The request line has no HTTP version.");
    }

    /** The base class gives a GET with the fields of a long-dead WebSocket draft a body of 8 bytes. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        var headers = message.headers();
        return !headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }
}
