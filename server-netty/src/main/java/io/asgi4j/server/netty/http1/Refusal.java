package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.http.Violation;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;

/** Writes the server's own answer to a request that the application never sees. */
final class Refusal {
    private static final int CAPACITY = 512;

    private Refusal() {}

    static void write(Channel channel, ResponseEncoder encoder, Violation violation) {
        var text = (violation.message() + " (" + violation.rule() + ")\n").getBytes(StandardCharsets.US_ASCII);
        encoder.status(violation.status());
        encoder.plainText();
        encoder.contentLength(text.length);
        for (var field : violation.headers()) {
            encoder.field(field);
        }
        encoder.own(false, false);
        if (!violation.headers().contains("connection")) {
            encoder.close();
        }
        var out = channel.alloc().ioBuffer(CAPACITY);
        encoder.end(out);
        out.writeBytes(text);
        channel.writeAndFlush(out, channel.voidPromise());
    }
}
