package io.asgi4j.server.netty.exchange;

import io.asgi4j.spec.Headers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * One request and its response on the wire, as an exchange sees it.
 *
 * <p>A driver implements it for its wire format. Every method is called on the connection's event loop and none blocks.
 * The exchange keeps the order: informational responses, the head, body parts, trailers; nothing after the part that was
 * the last one.
 */
public interface HttpStream {

    /** The application waits for the request body: ask the client for it (100-continue) and read on. */
    void readBody();

    /** Writes an informational response, such as 103 (Early Hints). */
    void informational(int status, Headers headers);

    /** Writes the head of the response. */
    void head(ResponseHead head);

    /** Writes a part of the body, the last one if {@code last}. Not called with bytes for a bodiless response. */
    void body(ByteBuffer bytes, boolean last);

    /** Writes a range of a file as a part of the body, without copying it where the transport allows. */
    void file(FileRange range, boolean last);

    /** Writes the trailers, which end the response. Dropped if the framing has no place for them. */
    void trailers(Headers headers);

    /** Cuts the response off so that the client sees that it is incomplete. */
    void abort();

    /** Cuts off at once what is not sent yet, so that the client sees that it is incomplete; also after the last part. */
    void drop();

    /** Sends what was written. */
    void flush();

    /**
     * A range of an open file.
     *
     * @param file the channel to read from; its position is not used
     * @param position the first byte
     * @param count how many bytes
     * @param done called once, on the event loop, when the server needs the channel no longer
     */
    record FileRange(FileChannel file, long position, long count, Done done) {

        /** Hears that a file range was written, or that it never will be. */
        @FunctionalInterface
        public interface Done {
            void done(boolean written);
        }
    }
}
