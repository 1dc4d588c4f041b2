package io.asgi4j.server.netty.http;

import io.asgi4j.server.netty.loop.TurnClock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date field (RFC 9110 5.6.7), made once per second. Owned by an event loop. */
public final class DateText {
    private static final DateTimeFormatter IMF_FIXDATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final TurnClock clock;
    private long second;
    private String text = "";

    /** The date of a clock. */
    public DateText(TurnClock clock) {
        this.clock = clock;
    }

    /** Returns the date of now; the same text as long as it is the same second. */
    public String now() {
        var now = clock.currentTimeMillis() / 1000;
        if (now != second) {
            second = now;
            text = IMF_FIXDATE.format(Instant.ofEpochSecond(now));
        }
        return text;
    }
}
