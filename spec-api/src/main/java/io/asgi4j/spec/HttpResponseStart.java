package io.asgi4j.spec;

import java.util.Objects;

/**
 * The head of a response: status and headers.
 *
 * <p>Sent once, before the first {@link HttpResponseBody}. The server may keep it back until then. Framing is the server's business: it ignores a
 * {@code transfer-encoding} here, and it holds the application to a {@code content-length}: sending more than announced is refused, sending less
 * cuts the connection.
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
