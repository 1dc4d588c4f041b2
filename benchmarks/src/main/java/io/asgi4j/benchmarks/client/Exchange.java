package io.asgi4j.benchmarks.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** An HTTP request and its answer, which is the same each time but for its date. */
public final class Exchange {
    private static final String DATE = "\r\ndate: ";

    private final ByteBuf request;
    private final ByteBuf answer;
    private final int dateBegin;
    private final int dateEnd;

    /** What is sent, and what the server answered once; the bytes of the answer as ISO-8859-1. */
    public Exchange(byte[] request, String answer) {
        this.request = Unpooled.directBuffer(request.length).writeBytes(request);
        this.answer = Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1);
        dateBegin = answer.toLowerCase(Locale.ROOT).indexOf(DATE) + DATE.length();
        dateEnd = answer.indexOf("\r\n", dateBegin);
    }

    /** The bytes to be sent; the buffer passes to the caller. */
    ByteBuf request() {
        return request.retainedDuplicate();
    }

    int answerLength() {
        return answer.readableBytes();
    }

    /** Whether the bytes at the index are those of the answer from {@code begin} to {@code end}. */
    boolean isAnswer(ByteBuf in, int index, int begin, int end) {
        var afterDate = Math.max(begin, dateEnd);
        return equal(in, index, begin, Math.min(end, dateBegin))
                && equal(in, index + afterDate - begin, afterDate, end);
    }

    private boolean equal(ByteBuf in, int index, int begin, int end) {
        return begin >= end || ByteBufUtil.equals(answer, begin, in, index, end - begin);
    }
}
