package io.asgi4j.server.netty.websocket;

/** What can be sent as a text message. */
public final class Utf8Text {
    private Utf8Text() {}

    /** Whether a text has a UTF-8 form, which it does not with an unpaired surrogate. */
    public static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
