package io.asgi4j.server.netty.http1;

import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;

/** Writes the server's own answer to a request that the application never sees. */
final class Refusal {
    private static final int CAPACITY = 512;

    private Refusal() {}

    static void write(Channel channel, ResponseEncoder encoder, Violation violation) {
        var text = (violation.message() + " (" + violation.rule() + ")\n").getBytes(StandardCharsets.US_ASCII);
        var out = channel.alloc().ioBuffer(CAPACITY);
        encoder.status(out, violation.status());
        encoder.plainText(out);
        encoder.contentLength(out, text.length);
        for (var field : violation.headers()) {
            encoder.field(out, field);
        }
        encoder.own(out, false, false);
        if (!violation.headers().contains("connection")) {
            encoder.close(out);
        }
        encoder.end(out);
        out.writeBytes(text);
        channel.writeAndFlush(out, channel.voidPromise());
    }
}
