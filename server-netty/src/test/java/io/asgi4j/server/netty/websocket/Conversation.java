package io.asgi4j.server.netty.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.asgi4j.server.netty.testing.Table;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A line of {@code conversations.tsv}.
 *
 * @param expected the server's frames in words
 * @param end what becomes of the WebSocket: {@code open} or {@code end}
 * @param compressing whether the client offers permessage-deflate
 * @param sent what the client sends
 * @param what for people
 */
record Conversation(List<String> expected, String end, boolean compressing, byte[] sent, String what) {
    private static final String RAW = "raw ";

    static List<Conversation> all() {
        return Table.read(Conversation.class, "conversations.tsv").stream()
                .map(Conversation::parse)
                .toList();
    }

    private static Conversation parse(List<String> columns) {
        var expected = List.of(new String(columns.get(0).getBytes(ISO_8859_1), UTF_8).split(" \\| "));
        var compressing = columns.get(1).startsWith("+");
        var frames = columns.get(1).substring(compressing ? 1 : 0).split(" \\| ");
        var sent =
                ClientFrames.join(Arrays.stream(frames).map(Conversation::frame).toArray(byte[][]::new));
        return new Conversation(
                expected.subList(0, expected.size() - 1), expected.getLast(), compressing, sent, columns.get(2));
    }

    private static byte[] frame(String text) {
        if (text.startsWith(RAW)) {
            return ClientFrames.hex(text.substring(RAW.length()));
        }
        var payload = text.length() > 3 ? text.substring(3) : "";
        return ClientFrames.frame(HexFormat.fromHexDigits(text, 0, 2), payload.getBytes(ISO_8859_1));
    }

    @Override
    public String toString() {
        return what;
    }
}
