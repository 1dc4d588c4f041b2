package io.asgi4j.spec.extension;

import io.asgi4j.spec.Extension;
import io.asgi4j.spec.ExtensionOutboundEvent;
import java.nio.channels.FileChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a response's body that is in a file.
 *
 * <p>Takes the place of an {@code http.response.body} and may be mixed with such. The channel remains the
 * application's: the server never closes it, and needs it no more when {@code send} has returned or thrown. It waits until the
 * bytes were handed to the operating system; an interrupt of this wait truncates the response. If the file has fewer than {@code count} bytes from the offset on,
 * {@code send} throws an {@link java.io.IOException} and nothing is sent.
 *
 * <p>Rules: {@code extension.zerocopysend.range}, {@code extension.zerocopysend.position},
 * {@code extension.zerocopysend.mixed}, {@code extension.zerocopysend.owned},
 * {@code extension.zerocopysend.closed-by-application}, {@code extension.zerocopysend.returns-when-done},
 * {@code extension.zerocopysend.short-file}.
 *
 * @param file the file, open for reading
 * @param offset where to begin, in bytes from the file's beginning; {@code null} for the channel's position, which is
 *     then moved by what was sent
 * @param count how many bytes to send; {@code null} for all up to the file's end
 * @param moreBody whether more of the body follows
 */
public record HttpResponseZeroCopySend(
        FileChannel file, @Nullable Long offset, @Nullable Long count, boolean moreBody)
        implements ExtensionOutboundEvent {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if offset or count is negative
     */
    public HttpResponseZeroCopySend {
        Objects.requireNonNull(file, "file");
        requireNotNegative(offset, "offset");
        requireNotNegative(count, "count");
    }

    private static void requireNotNegative(@Nullable Long number, String name) {
        if (number != null && number < 0) {
            throw new IllegalArgumentException(name + " " + number + " is negative");
        }
    }

    /**
     * Sends what is left of a file as the last or only part of a body.
     *
     * @param file the file, open for reading
     */
    public HttpResponseZeroCopySend(FileChannel file) {
        this(file, null, null, false);
    }

    @Override
    public String type() {
        return "http.response.zerocopysend";
    }

    @Override
    public Class<? extends Extension> extension() {
        return ZeroCopySend.class;
    }
}
