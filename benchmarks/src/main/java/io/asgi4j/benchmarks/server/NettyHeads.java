package io.asgi4j.benchmarks.server;

import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The heads of answers, with what can be known of them before a request; made anew once a second, for the date.
 *
 * <p>Owned by one event loop, whose connections share it.
 */
final class NettyHeads {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final String CLOSE = "connection: close\r\n";

    private Prepared kept;
    private Prepared last;

    NettyHeads(EventLoop loop) {
        kept = new Prepared(own());
        last = new Prepared(own() + CLOSE);
        loop.scheduleAtFixedRate(this::refresh, 1, 1, TimeUnit.SECONDS);
    }

    private void refresh() {
        kept = new Prepared(own());
        last = new Prepared(own() + CLOSE);
    }

    private static String own() {
        return "server: netty\r\ndate: " + IMF_FIXDATE.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n";
    }

    /** Those for a connection that stays open after the answer, or for one that does not. */
    Prepared of(boolean keepAlive) {
        return keepAlive ? kept : last;
    }

    /** Heads with the same fields of the server's own. The arrays are not to be changed. */
    static final class Prepared {
        private static final String CHUNKED = "transfer-encoding: chunked\r\n\r\n";

        /** The whole answer for {@code /hello}. */
        final byte[] hello;

        /** The whole answer for unknown targets. */
        final byte[] notFound;

        /** The head for {@code /stream}. */
        final byte[] stream;

        /** The head of an echo whose length nobody knows. */
        final byte[] chunkedBinary;

        /** Heads that lack their content's length. */
        final String json;

        final String binary;

        private Prepared(String own) {
            var text = ok(Answers.TEXT) + own;
            json = ok(Answers.JSON) + own;
            binary = ok(Answers.BINARY) + own;
            stream = ascii(text + CHUNKED);
            chunkedBinary = ascii(binary + CHUNKED);
            hello = complete(text, Integer.toString(Answers.HELLO.length()), Answers.HELLO);
            notFound = complete("HTTP/1.1 404 Not Found\r\n" + own, "0", "");
        }

        private static String ok(String type) {
            return "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\n";
        }

        /** Adds to a head its content's length, and the content or nothing of it. */
        static byte[] complete(String head, String length, String content) {
            return ascii(head + "content-length: " + length + "\r\n\r\n" + content);
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
