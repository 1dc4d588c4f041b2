package io.asgi4j.tck;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a scenario may need a server to do differently from its defaults. */
public enum StartOption {
    /** The port on which it listens, for clients that come before it has started. */
    PORT(Kind.COUNT),
    /** The path under which the application is mounted, such as {@code /app}. */
    ROOT_PATH(Kind.TEXT),
    /** Whether lifespan is {@code on} (required), {@code auto} (used if the application supports it) or {@code off}. */
    LIFESPAN(Kind.TEXT),
    /** How long the application's start-up may take. */
    STARTUP_TIMEOUT(Kind.DURATION),
    /** How long the application's shutdown may take. */
    SHUTDOWN_TIMEOUT(Kind.DURATION),
    /** How long requests in progress may take once the server was told to stop. */
    GRACE_PERIOD(Kind.DURATION),
    /** Whether responses get a {@code date} field: {@code true} or {@code false}. */
    DATE_FIELD(Kind.TEXT),
    /** Whether responses get a {@code server} field: {@code true} or {@code false}. */
    SERVER_FIELD(Kind.TEXT),
    /** How long an idle connection is kept. */
    KEEP_ALIVE_TIMEOUT(Kind.DURATION),
    /** How long the head of a request may take. */
    HEAD_TIMEOUT(Kind.DURATION),
    /** How long a client may pause within a body. */
    BODY_TIMEOUT(Kind.DURATION),
    /** How long the server waits for the rest of a body that the application left unread. */
    UNREAD_BODY_TIMEOUT(Kind.DURATION),
    /** How long a client may refuse to read. */
    WRITE_TIMEOUT(Kind.DURATION),
    /** The largest head of a request, in bytes. */
    MAX_HEAD_SIZE(Kind.COUNT),
    /** The largest number of connections. */
    MAX_CONNECTIONS(Kind.COUNT),
    /** The largest message of a WebSocket, in bytes. */
    WEBSOCKET_MAX_MESSAGE_SIZE(Kind.COUNT),
    /** How often the server pings the client of a WebSocket. */
    WEBSOCKET_PING_INTERVAL(Kind.DURATION),
    /** How long the server waits for the pong. */
    WEBSOCKET_PING_TIMEOUT(Kind.DURATION),
    /** How long the server waits for the client's Close frame. */
    WEBSOCKET_CLOSE_TIMEOUT(Kind.DURATION),
    /** Whether {@code permessage-deflate} may be negotiated: {@code true} or {@code false}. */
    WEBSOCKET_COMPRESSION(Kind.TEXT);

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

    StartOption(Kind kind) {
        this.kind = kind;
    }

    /** What its value is. */
    public Kind kind() {
        return kind;
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
