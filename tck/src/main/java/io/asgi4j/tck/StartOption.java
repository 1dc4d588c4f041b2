package io.asgi4j.tck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a scenario may need a server to do differently from its defaults. */
public enum StartOption {
    /** The port on which it listens, for clients that come before it has started. */
    PORT(Kind.COUNT, Profile.CORE_HTTP),
    /** The path under which the application is mounted, such as {@code /app}. */
    ROOT_PATH(Kind.TEXT, Profile.ROOT_PATH),
    /** Whether lifespan is {@code on} (required), {@code auto} (used if the application supports it) or {@code off}. */
    LIFESPAN(Kind.TEXT, Profile.SWITCHES),
    /** How long the application's start-up may take. */
    STARTUP_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long the application's shutdown may take. */
    SHUTDOWN_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long requests in progress may take once the server was told to stop. */
    GRACE_PERIOD(Kind.DURATION, Profile.LIMITS),
    /** How long calls may take to end once they were interrupted. */
    INTERRUPT_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** Whether responses get a {@code date} field: {@code true} or {@code false}. */
    DATE_FIELD(Kind.TEXT, Profile.SWITCHES),
    /** Whether responses get a {@code server} field: {@code true} or {@code false}. */
    SERVER_FIELD(Kind.TEXT, Profile.SWITCHES),
    /** How long an idle connection is kept. */
    KEEP_ALIVE_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long the head of a request may take. */
    HEAD_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long a client may pause within a body. */
    BODY_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long the server waits for the rest of a body that the application left unread. */
    UNREAD_BODY_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long a client may refuse to read. */
    WRITE_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** The largest head of a request, in bytes. */
    MAX_HEAD_SIZE(Kind.COUNT, Profile.LIMITS),
    /** The largest number of connections. */
    MAX_CONNECTIONS(Kind.COUNT, Profile.LIMITS),
    /** The largest message of a WebSocket, in bytes. */
    WEBSOCKET_MAX_MESSAGE_SIZE(Kind.COUNT, Profile.LIMITS),
    /** How often the server pings the client of a WebSocket. */
    WEBSOCKET_PING_INTERVAL(Kind.DURATION, Profile.LIMITS),
    /** How long the server waits for the pong. */
    WEBSOCKET_PING_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** How long the server waits for the client's Close frame. */
    WEBSOCKET_CLOSE_TIMEOUT(Kind.DURATION, Profile.LIMITS),
    /** Whether {@code permessage-deflate} may be negotiated: {@code true} or {@code false}. */
    WEBSOCKET_COMPRESSION(Kind.TEXT, Profile.SWITCHES);

    /** What the value of an option is. */
    public enum Kind {
        /** Any text. */
        TEXT,
        /** A time; in text form its milliseconds. */
        DURATION,
        /** A whole number. */
        COUNT
    }

    private final Kind kind;
    private final Profile profile;

    StartOption(Kind kind, Profile profile) {
        this.kind = kind;
        this.profile = profile;
    }

    /** What its value is. */
    public Kind kind() {
        return kind;
    }

    /** The profile to which scenarios belong that need it. */
    public Profile profile() {
        return profile;
    }

    /** The option of that name, such as {@code root-path}. */
    public static Optional<StartOption> named(String name) {
        return Arrays.stream(values())
                .filter(option -> option.toString().equals(name))
                .findFirst();
    }

    /** The name on a command line and in reports, such as {@code root-path}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
