package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Headers;

/**
 * The head of a response as it goes to a driver.
 *
 * @param status 200 to 999
 * @param headers the application's fields, in its order; framing fields among them are the driver's to replace
 * @param contentLength what the application declared, or {@link #UNDECLARED}
 * @param bodiless whether the message ends with its head (HEAD, 204, 304)
 * @param trailers whether trailers follow the body that the client is ready to take
 */
public record ResponseHead(int status, Headers headers, long contentLength, boolean bodiless, boolean trailers) {
    /** The application declared no length: the driver chooses the framing. */
    public static final long UNDECLARED = -1;
}
