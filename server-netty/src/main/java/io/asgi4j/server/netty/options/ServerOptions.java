package io.asgi4j.server.netty.options;

import static io.asgi4j.server.netty.options.OptionGroup.APPLICATION;
import static io.asgi4j.server.netty.options.OptionGroup.HTTP;
import static io.asgi4j.server.netty.options.OptionGroup.HTTP2;
import static io.asgi4j.server.netty.options.OptionGroup.LISTENING;
import static io.asgi4j.server.netty.options.OptionGroup.LOGGING;
import static io.asgi4j.server.netty.options.OptionGroup.THREADS;
import static io.asgi4j.server.netty.options.OptionGroup.TLS;
import static io.asgi4j.server.netty.options.OptionGroup.WEBSOCKET;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Every option of the server, with its default and its reason.
 *
 * <p>Whatever a client controls has a bound here.
 */
public final class ServerOptions {
    private static final List<ServerOption<?>> DEFINED = new ArrayList<>();

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** The name or address the server listens on. */
    public static final ServerOption<String> HOST = define(
            LISTENING,
            "host",
            OptionType.text("HOST", "a host name or an IP address", host -> !host.isBlank()),
            "127.0.0.1",
            "Name or address to listen on; 0.0.0.0 or :: for all.",
            "A server that was started to be tried must not be open to the network.");

    /** The TCP port the server listens on. */
    public static final ServerOption<Integer> PORT = define(
            LISTENING,
            "port",
            OptionType.count(0, 65_535),
            8000,
            "TCP port to listen on; 0 takes any free one.",
            "8000 is where ASGI servers are expected.");

    /** The descriptor of a socket that listens already. */
    public static final ServerOption<String> FD = define(
            LISTENING,
            "fd",
            OptionType.text("N", "the number of a descriptor, or systemd", fd -> fd.matches("|systemd|\\d{1,6}")),
            "",
            "Listening socket to take over instead of opening one: its descriptor, or systemd for the one in"
                    + " LISTEN_FDS.",
            "Connections wait in a socket that outlives the process, so that none is refused while the server"
                    + " restarts.");

    /** Whether other sockets may listen on the same port. */
    public static final ServerOption<Boolean> REUSE_PORT = define(
            LISTENING,
            "reuse-port",
            OptionType.flag(),
            false,
            "Let other processes listen on the same port (SO_REUSEPORT).",
            "The system shares connections out among them; off, a second server is told that the port is taken.");

    /** How many connections may wait to be accepted. */
    public static final ServerOption<Integer> BACKLOG = define(
            LISTENING,
            "backlog",
            OptionType.count(1, 65_535),
            2048,
            "Connections that may wait to be accepted.",
            "A burst of new clients waits instead of being refused; the system's own limit (somaxconn) still holds.");

    /** How many connections may be open at once. */
    public static final ServerOption<Integer> MAX_CONNECTIONS = define(
            LISTENING,
            "max-connections",
            OptionType.count(1, 10_000_000),
            10_000,
            "Open connections; one more is closed at once.",
            "Each may hold some 200 KiB of buffers, so this bounds them at about 2 GiB.");

    /** The server's certificates; with none it speaks no TLS. */
    public static final ServerOption<FileList> TLS_CERTIFICATE = define(
            TLS,
            "tls-certificate",
            OptionType.files(),
            FileList.of(),
            "Certificate chain, PEM or PKCS#12, which turns TLS on; several for several names (SNI), the first for"
                    + " clients that ask for none of them.",
            "A PEM file begins with the server's own certificate, as certificate authorities deliver it.");

    /** The private keys of the certificates. */
    public static final ServerOption<FileList> TLS_KEY = define(
            TLS,
            "tls-key",
            OptionType.files(),
            FileList.of(),
            "Private key in PEM of each certificate, in the same order; not needed for files that hold their keys.",
            "Certificate authorities deliver keys in files of their own.");

    /** A file whose first line opens encrypted keys. */
    public static final ServerOption<FileList> TLS_PASSWORD_FILE = define(
            TLS,
            "tls-password-file",
            OptionType.file(),
            FileList.of(),
            "File whose first line is the password of the encrypted keys and PKCS#12 files.",
            "A password on the command line could be seen by every user of the machine.");

    /** The same password as a value. */
    public static final ServerOption<Secret> TLS_PASSWORD = define(
            TLS,
            "tls-password",
            OptionType.secret(),
            new Secret(""),
            "The same password itself.",
            "Some platforms hand secrets over in the environment.");

    /** Whether clients have certificates. */
    public static final ServerOption<TlsClientAuth> TLS_CLIENT_AUTH = define(
            TLS,
            "tls-client-auth",
            OptionType.choice(TlsClientAuth.class),
            TlsClientAuth.NONE,
            "Ask clients for certificates; unverified lets in also those that do not pass, and tells the application.",
            "Browsers trouble their users when a server asks.");

    /** Who signs the certificates of clients. */
    public static final ServerOption<FileList> TLS_CLIENT_CA = define(
            TLS,
            "tls-client-ca",
            OptionType.files(),
            FileList.of(),
            "Certificates in PEM of the authorities whose clients are trusted.",
            "The authorities that everybody trusts sign certificates for anybody.");

    /** The oldest version that is spoken. */
    public static final ServerOption<TlsVersion> TLS_MIN_VERSION = define(
            TLS,
            "tls-min-version",
            OptionType.choice(TlsVersion.class),
            TlsVersion.TLS_1_2,
            "Oldest version of TLS to speak.",
            "1.2 is spoken with forward secrecy and authenticated encryption only, and nothing older is safe.");

    /** How long a client may take for its handshake. */
    public static final ServerOption<Duration> TLS_HANDSHAKE_TIMEOUT = define(
            TLS,
            "tls-handshake-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(10),
            "Time from a connection's start to the end of its TLS handshake.",
            "A client that says nothing must not hold a connection; 10 s are enough for a satellite link.");

    /** How often the files are looked at for changes. */
    public static final ServerOption<Duration> TLS_RELOAD_INTERVAL = define(
            TLS,
            "tls-reload-interval",
            OptionType.duration(NEVER, LONGEST),
            Duration.ofSeconds(30),
            "Time between looks at the files for new certificates; 0s for none.",
            "Certificates are renewed while the server runs; SIGHUP makes it look at once.");

    /** Who does the cryptography. */
    public static final ServerOption<TlsProvider> TLS_PROVIDER = define(
            TLS,
            "tls-provider",
            OptionType.choice(TlsProvider.class),
            TlsProvider.AUTO,
            "Implementation of TLS; auto takes OpenSSL if netty-tcnative is on the class path.",
            "OpenSSL takes less time for a handshake, the JDK's needs nothing else.");

    /** The path under which the application is mounted. */
    public static final ServerOption<String> ROOT_PATH = define(
            APPLICATION,
            "root-path",
            OptionType.text(
                    "PATH",
                    "an empty text or a path that starts with '/' and does not end with one, for example /api",
                    path -> path.isEmpty() || (path.startsWith("/") && !path.endsWith("/"))),
            "",
            "Path under which the application is mounted (ASGI root_path).",
            "Only the operator knows where a proxy mounts the application.");

    /** Whether lifespan is spoken with the application. */
    public static final ServerOption<LifespanMode> LIFESPAN = define(
            APPLICATION,
            "lifespan",
            OptionType.choice(LifespanMode.class),
            LifespanMode.AUTO,
            "Tell the application of start-up and shutdown (ASGI lifespan).",
            "auto also serves an application that has no lifespan; on makes its failure fatal.");

    /** How long the application may take to start. */
    public static final ServerOption<Duration> LIFESPAN_STARTUP_TIMEOUT = define(
            APPLICATION,
            "lifespan-startup-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(60),
            "Time the application has for lifespan start-up.",
            "An application that hangs while it starts must be seen to fail.");

    /** How long the application may take to shut down. */
    public static final ServerOption<Duration> LIFESPAN_SHUTDOWN_TIMEOUT = define(
            APPLICATION,
            "lifespan-shutdown-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(60),
            "Time the application has for lifespan shutdown.",
            "An application that hangs while it stops must not keep the process alive.");

    /** How long the server accepts connections while applications see already that it stops. */
    public static final ServerOption<Duration> DRAIN_DELAY = define(
            APPLICATION,
            "drain-delay",
            OptionType.duration(Duration.ZERO, LONGEST),
            Duration.ZERO,
            "Time between the draining signal and the end of accepting connections.",
            "Time for load balancers to see the application's readiness check fail; without them it is time lost.");

    /** How long an idle connection stays open once the server stops. */
    public static final ServerOption<Duration> LATE_REQUEST_TIMEOUT = define(
            APPLICATION,
            "late-request-timeout",
            OptionType.duration(Duration.ZERO, LONGEST),
            Duration.ofMillis(500),
            "Time an idle connection has for one more request once the server stops.",
            "A request may be on its way already; HTTP/1 cannot tell a client before that there will be no answer.");

    /** How long open exchanges may go on once the server stops. */
    public static final ServerOption<Duration> SHUTDOWN_TIMEOUT = define(
            APPLICATION,
            "shutdown-timeout",
            OptionType.duration(Duration.ZERO, LONGEST),
            Duration.ofSeconds(30),
            "Time running requests have once the server stops; then they are interrupted.",
            "30 s is what process supervisors commonly allow before they kill.");

    /** How long exchanges may go on once their applications were interrupted. */
    public static final ServerOption<Duration> INTERRUPT_TIMEOUT = define(
            APPLICATION,
            "interrupt-timeout",
            OptionType.duration(Duration.ZERO, LONGEST),
            Duration.ofSeconds(5),
            "Time interrupted requests have to end; then they are left behind.",
            "An application that ignores the interrupt must not keep the server from stopping.");

    /** How many calls of the application may be under way at once. */
    public static final ServerOption<Integer> MAX_RUNNING = define(
            APPLICATION,
            "max-running",
            OptionType.count(1, 10_000_000),
            10_000,
            "Calls of the application under way; one more request gets 503 with Retry-After.",
            "Calls may outlive their requests, so a bound on connections does not bound them.");

    /** Which threads carry the application. */
    public static final ServerOption<SchedulerMode> SCHEDULER = define(
            THREADS,
            "scheduler",
            OptionType.choice(SchedulerMode.class),
            SchedulerMode.AUTO,
            "Carrier of the application's virtual threads: the connection's event loop, or the JVM's shared pool.",
            "loop serves about twice as many requests; shared suits applications that compute for long.");

    /** Which operating-system interface is used. */
    public static final ServerOption<TransportMode> TRANSPORT = define(
            THREADS,
            "transport",
            OptionType.choice(TransportMode.class),
            TransportMode.AUTO,
            "Operating-system interface for sockets.",
            "auto takes epoll on Linux, which needs the least work per event, and nio elsewhere.");

    /** How many event loops run. */
    public static final ServerOption<Integer> LOOPS = define(
            THREADS,
            "loops",
            OptionType.count(0, 1024),
            0,
            "Event loops; 0 takes one per processor.",
            "One per processor keeps them all busy without switching between threads.");

    /** The least severe message that the launcher shows. */
    public static final ServerOption<LogLevel> LOG_LEVEL = define(
            LOGGING,
            "log-level",
            OptionType.choice(LogLevel.class),
            LogLevel.INFO,
            "Least severe message to show; without effect where the program has its own logging set-up.",
            "info shows starts, stops and requests; debug also why a connection ended.");

    /** Whether each request is logged. */
    public static final ServerOption<Boolean> ACCESS_LOG = define(
            LOGGING,
            "access-log",
            OptionType.flag(),
            true,
            "Log one line for each request.",
            "Refused requests are in it too, so an operator sees what clients try.");

    /** Whether responses get a {@code date} header. */
    public static final ServerOption<Boolean> DATE_HEADER = define(
            HTTP,
            "date-header",
            OptionType.flag(),
            true,
            "Add a date header to responses that have none.",
            "An origin server with a clock must send it (RFC 9110, 6.6.1).");

    /** Whether responses get a {@code server} header. */
    public static final ServerOption<Boolean> SERVER_HEADER = define(
            HTTP,
            "server-header",
            OptionType.flag(),
            true,
            "Add a server header to responses that have none.",
            "It says who answered, the server or a proxy; it tells no version.");

    /** The longest request line, in bytes. */
    public static final ServerOption<Integer> MAX_REQUEST_LINE = define(
            HTTP,
            "max-request-line",
            OptionType.size(256, MIB),
            16 * KIB,
            "Longest request line; a longer one gets 414.",
            "Twice the 8000 bytes every server should take (RFC 9112, 3).");

    /** The largest header of a request, in bytes, its trailers included. */
    public static final ServerOption<Integer> MAX_HEADER_SIZE = define(
            HTTP,
            "max-header-size",
            OptionType.size(256, 16 * MIB),
            32 * KIB,
            "Bytes of all fields of a request, trailers included; more gets 431.",
            "Room for large cookies and tokens, yet a bound on what a stranger can make the server keep.");

    /** The largest number of header fields of a request, its trailers included. */
    public static final ServerOption<Integer> MAX_HEADER_FIELDS = define(
            HTTP,
            "max-header-fields",
            OptionType.count(1, 100_000),
            200,
            "Fields of a request, trailers included; more gets 431.",
            "Many tiny fields cost far more memory than their bytes tell.");

    /** How many bytes of chunk extensions a request body may have. */
    public static final ServerOption<Integer> MAX_CHUNK_EXTENSIONS = define(
            HTTP,
            "max-chunk-extensions",
            OptionType.size(0, MIB),
            8 * KIB,
            "Bytes of all chunk extensions of a request body; more gets 400.",
            "Nobody uses them, and a flood of them is work without a body.");

    /** How long a client may take to send a request's header. */
    public static final ServerOption<Duration> HEADER_TIMEOUT = define(
            HTTP,
            "header-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(30),
            "Time from a request's first byte to the end of its header; then 408.",
            "Clients that send a byte now and then (Slowloris) would hold connections for ever.");

    /** How long a connection may be idle between requests. */
    public static final ServerOption<Duration> KEEP_ALIVE_TIMEOUT = define(
            HTTP,
            "keep-alive-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(75),
            "Time an idle connection waits for its next request.",
            "Longer than the 60 s of common load balancers, which would else answer 502 now and then.");

    /** How slowly a client may send a request body or take what is sent to it. */
    public static final ServerOption<Integer> MIN_DATA_RATE = define(
            HTTP,
            "min-data-rate",
            OptionType.size(0, MIB),
            240,
            "Bytes per second that a client must send of a request body, and take of what waits for it; 0B for no"
                    + " minimum.",
            "The slowest link in use is faster by far; who dribbles a byte now and then must not hold an application.");

    /** How long a client may take to begin with a request body. */
    public static final ServerOption<Duration> DATA_RATE_GRACE = define(
            HTTP,
            "data-rate-grace",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(5),
            "Time that a client is granted for a request body; each byte earns it more, at the minimum rate.",
            "A lossy link may stop for some seconds in the beginning.");

    /** How long a client may pause while it sends a body that the application waits for. */
    public static final ServerOption<Duration> BODY_TIMEOUT = define(
            HTTP,
            "body-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(60),
            "Longest pause in a request body, however much was sent before; then 408.",
            "A client that stopped sending must not hold the application's thread.");

    /** How long a client may pause reading a response. */
    public static final ServerOption<Duration> WRITE_TIMEOUT = define(
            HTTP,
            "write-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(60),
            "Time over which a client must keep the minimum rate while something waits for it; else it is cut off.",
            "Systems tell of room in their buffers in large steps, so a shorter time would cut slow clients that read"
                    + " on.");

    /** How many body bytes are read before the application asks for them. */
    public static final ServerOption<Integer> READ_AHEAD = define(
            HTTP,
            "read-ahead",
            OptionType.size(KIB, 64 * MIB),
            64 * KIB,
            "Bytes read from a connection before the application asks for them.",
            "Enough to keep an upload flowing; beyond it TCP slows the client down.");

    /** How many bytes may wait to be sent on a connection before {@code send} blocks. */
    public static final ServerOption<Integer> WRITE_BUFFER = define(
            HTTP,
            "write-buffer",
            OptionType.size(KIB, 64 * MIB),
            64 * KIB,
            "Bytes that may wait on a connection before send blocks.",
            "Enough to keep a download flowing; beyond it the application waits for the client.");

    /** How many bytes of an unread body are read and dropped so that a connection can be kept. */
    public static final ServerOption<Integer> MAX_UNREAD_BODY = define(
            HTTP,
            "max-unread-body",
            OptionType.size(0, 1024 * MIB),
            256 * KIB,
            "Body bytes dropped after an early response to keep the connection; with more it is closed.",
            "Reading a small rest is cheaper than a new connection, reading a large one is not.");

    /** How long the server reads on after its last response, so that the client receives it. */
    public static final ServerOption<Duration> LINGERING_TIMEOUT = define(
            HTTP,
            "lingering-timeout",
            OptionType.duration(NEVER, LONGEST),
            Duration.ofSeconds(5),
            "Time the server reads on while it closes a connection whose client still sends.",
            "Closing at once would destroy a response the client has not read yet (RFC 9112, 9.6).");

    /** How many bytes the server reads and drops while it closes a connection. */
    public static final ServerOption<Integer> LINGERING_SIZE = define(
            HTTP,
            "lingering-size",
            OptionType.size(0, 1024 * MIB),
            2 * MIB,
            "Bytes dropped while a connection whose client still sends is closed.",
            "A client that ignores the response must not be listened to for ever.");

    /** How many requests of one HTTP/2 connection are served at a time. */
    public static final ServerOption<Integer> H2_MAX_STREAMS = define(
            HTTP2,
            "h2-max-streams",
            OptionType.count(1, 100_000),
            100,
            "Requests of one connection at a time; one more is refused while an application runs for each of them.",
            "What RFC 9113 (6.5.2) has for the least that is sensible. Counting applications, not streams, stops Rapid"
                    + " Reset.");

    /** How many streams of an HTTP/2 connection may be reset within 30 s. */
    public static final ServerOption<Integer> H2_MAX_RESETS = define(
            HTTP2,
            "h2-max-resets",
            OptionType.count(1, 1_000_000),
            200,
            "Streams reset within 30 s, by the client or because of it; one more closes the connection.",
            "A browser resets a few streams when its user moves on; a client that goes on so wants work done in vain.");

    /** How many frames without a request an HTTP/2 client may send per second. */
    public static final ServerOption<Integer> H2_MAX_CONTROL_FRAMES = define(
            HTTP2,
            "h2-max-control-frames",
            OptionType.count(10, 1_000_000),
            500,
            "SETTINGS, PING, PRIORITY, WINDOW_UPDATE and empty DATA frames per second; more close the connection.",
            "They cost the server work and the client next to nothing. Requests, and data that was sent, make up for"
                    + " some.");

    /** How many bytes of request bodies may wait on an HTTP/2 connection. */
    public static final ServerOption<Integer> H2_CONNECTION_WINDOW = define(
            HTTP2,
            "h2-connection-window",
            OptionType.size(64 * KIB, 1024 * MIB),
            MIB,
            "Bytes of all request bodies of a connection that may wait for applications.",
            "Sixteen times what may wait for one, so that a few slow uploads do not hold up the others.");

    /** The largest WebSocket message, in bytes after inflating. */
    public static final ServerOption<Integer> WS_MAX_MESSAGE_SIZE = define(
            WEBSOCKET,
            "ws-max-message-size",
            OptionType.size(1, 1024 * MIB),
            16 * MIB,
            "Largest message, counted while inflating; a larger one closes with 1009.",
            "A message is handed over whole, so its size is memory; 16 MiB is what other ASGI servers take.");

    /** How many received messages may wait for the application. */
    public static final ServerOption<Integer> WS_QUEUE = define(
            WEBSOCKET,
            "ws-queue",
            OptionType.count(1, 100_000),
            32,
            "Received messages that may wait for the application.",
            "Enough for bursts; beyond it TCP slows the client down.");

    /** How often an idle WebSocket is pinged. */
    public static final ServerOption<Duration> WS_PING_INTERVAL = define(
            WEBSOCKET,
            "ws-ping-interval",
            OptionType.duration(NEVER, LONGEST),
            Duration.ofSeconds(20),
            "Time between pings to the client; 0s for none.",
            "Keeps proxies from closing a quiet connection and finds clients that are gone.");

    /** How long a client may take to answer a ping. */
    public static final ServerOption<Duration> WS_PING_TIMEOUT = define(
            WEBSOCKET,
            "ws-ping-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(20),
            "Time the client has to answer a ping; then the connection is closed with 1011.",
            "Long enough for a slow phone, short enough to free what a lost one holds.");

    /** How many control frames a client may send per second. */
    public static final ServerOption<Integer> WS_MAX_CONTROL_FRAMES = define(
            WEBSOCKET,
            "ws-max-control-frames",
            OptionType.count(10, 1_000_000),
            100,
            "Pings and pongs of a client per second; more close the connection with 1008.",
            "Each ping asks for an answer, and nobody needs more than one in some seconds.");

    /** How long a client may take to answer a close frame. */
    public static final ServerOption<Duration> WS_CLOSE_TIMEOUT = define(
            WEBSOCKET,
            "ws-close-timeout",
            OptionType.duration(SHORTEST, LONGEST),
            Duration.ofSeconds(10),
            "Time the client has to answer a close frame.",
            "A client that never answers must not keep the connection.");

    /** Whether permessage-deflate is negotiated. */
    public static final ServerOption<Boolean> WS_DEFLATE = define(
            WEBSOCKET,
            "ws-deflate",
            OptionType.flag(),
            true,
            "Compress messages for clients that offer it (permessage-deflate).",
            "Text shrinks several times; off saves up to 300 KiB for each connection.");

    /** How hard messages are compressed. */
    public static final ServerOption<Integer> WS_DEFLATE_LEVEL = define(
            WEBSOCKET,
            "ws-deflate-level",
            OptionType.count(1, 9),
            6,
            "Compression level, 1 (fast) to 9 (small).",
            "6 is zlib's own balance.");

    private ServerOptions() {}

    /** {@return every option, in the order of the help} */
    public static List<ServerOption<?>> all() {
        return List.copyOf(DEFINED);
    }

    private static <T> ServerOption<T> define(
            OptionGroup group, String name, OptionType<T> type, T defaultValue, String description, String reason) {
        var option = new ServerOption<>(group, name, type, defaultValue, description, reason);
        DEFINED.add(option);
        return option;
    }
}
