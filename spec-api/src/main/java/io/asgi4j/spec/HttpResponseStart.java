package io.asgi4j.spec;

import java.util.Objects;

/**
 * The head of a response: status and headers.
 *
 * <p>Sent once, before the first {@link HttpResponseBody}; the server may hold it back until then or until the
 * application waits.
 *
 * <p>Framing is the server's business: it ignores {@code transfer-encoding} and the other fields that concern one
 * connection only, except {@code connection: close}. It holds the application to a {@code content-length}: to send more
 * is refused, to send less cuts the connection. It adds {@code date} and {@code server} where they are missing, unless
 * its operator switched that off.
 *
 * <p>Rules: {@code http.response.starts}, {@code http.response.status}, {@code http.response.status-final},
 * {@code http.response.head-held-back}, {@code http.response.framing-owned}, {@code http.response.hop-by-hop-ignored},
 * {@code http.response.connection-close}, {@code http.response.length-exceeded},
 * {@code http.response.length-not-reached}, {@code http.response.length-invalid}, {@code http.response.date},
 * {@code http.response.server}, {@code extension.trailers.not-offered}.
 *
 * @param status the status code, 200 to 999; informational responses (1xx) are the server's, or those of an extension
 * @param headers the headers, put on the wire in this order
 * @param trailers whether trailers follow the body; needs the extension {@code http.response.trailers}
 */
public record HttpResponseStart(int status, Headers headers, boolean trailers) implements OutboundEvent {

    /**
     * Checks the status.
     *
     * @throws IllegalArgumentException if the status is not in the range 200 to 999
     */
    public HttpResponseStart {
        Require.finalStatus(status);
        Objects.requireNonNull(headers, "headers");
    }

    /**
     * Starts a response without trailers.
     *
     * @param status the status code, 200 to 999
     * @param headers the headers
     */
    public HttpResponseStart(int status, Headers headers) {
        this(status, headers, false);
    }

    /**
     * Starts a response without headers.
     *
     * @param status the status code, 200 to 999
     */
    public HttpResponseStart(int status) {
        this(status, Headers.empty(), false);
    }

    @Override
    public String type() {
        return "http.response.start";
    }
}
