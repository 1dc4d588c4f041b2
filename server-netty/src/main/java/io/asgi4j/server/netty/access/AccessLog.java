package io.asgi4j.server.netty.access;

import io.asgi4j.server.netty.options.Options;
import io.asgi4j.server.netty.options.ServerOptions;
import io.asgi4j.spec.Address;
import io.asgi4j.spec.TcpAddress;
import io.asgi4j.spec.UnixAddress;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each request to the logger {@code asgi4j.access}, level info, in the words of uvicorn:
 * {@code 127.0.0.1:51234 - "GET /path HTTP/1.1" 200 OK}.
 *
 * <p>Immutable; any thread may call it. Refused requests belong into it too.
 */
public final class AccessLog {
    /** What stands where a refused request was not understood far enough. */
    public static final String UNKNOWN = "-";

    private static final Logger LOG = LoggerFactory.getLogger("asgi4j.access");

    private final boolean wanted;

    private AccessLog(boolean wanted) {
        this.wanted = wanted;
    }

    /** {@return the access log as the options want it} */
    public static AccessLog of(Options options) {
        return new AccessLog(options.get(ServerOptions.ACCESS_LOG));
    }

    /** {@return whether a line would be written; else the calls below do nothing, at the cost of this question} */
    public boolean isOn() {
        return wanted && LOG.isInfoEnabled();
    }

    /**
     * Logs a request that got an HTTP response.
     *
     * @param client null if it is not known
     * @param method as the client sent it, or {@link #UNKNOWN}
     * @param target path and query as the client sent them, or {@link #UNKNOWN}
     * @param version for example {@code 1.1}, or {@link #UNKNOWN}
     * @param status the response's
     */
    public void http(@Nullable Address client, String method, String target, String version, int status) {
        if (isOn()) {
            var line = line(client);
            Printable.append(line, method).append(' ');
            Printable.append(line, target).append(" HTTP/");
            Printable.append(line, version).append("\" ");
            LOG.info(appendStatus(line, status).toString());
        }
    }

    /**
     * Logs a WebSocket handshake that the application accepted.
     *
     * @param client null if it is not known
     * @param target path and query as the client sent them
     */
    public void webSocketAccepted(@Nullable Address client, String target) {
        if (isOn()) {
            LOG.info(Printable.append(line(client).append("WebSocket "), target)
                    .append("\" [accepted]")
                    .toString());
        }
    }

    /**
     * Logs a WebSocket handshake that was answered with an HTTP response instead.
     *
     * @param client null if it is not known
     * @param target path and query as the client sent them
     * @param status the response's
     */
    public void webSocketDenied(@Nullable Address client, String target, int status) {
        if (isOn()) {
            var line =
                    Printable.append(line(client).append("WebSocket "), target).append("\" ");
            LOG.info(appendStatus(line, status).toString());
        }
    }

    private static StringBuilder line(@Nullable Address client) {
        var line = new StringBuilder(96);
        switch (client) {
            case TcpAddress(String host, int port) -> {
                if (host.indexOf(':') < 0) {
                    line.append(host);
                } else {
                    line.append('[').append(host).append(']');
                }
                line.append(':').append(port);
            }
            case UnixAddress(String path) -> line.append("unix:").append(path);
            case null -> line.append(UNKNOWN);
        }
        return line.append(" - \"");
    }

    private static StringBuilder appendStatus(StringBuilder line, int status) {
        line.append(status);
        var phrase = HttpResponseStatus.valueOf(status).reasonPhrase();
        // Netty repeats the number in brackets where a status has no phrase
        return phrase.endsWith(")") ? line : line.append(' ').append(phrase);
    }
}
