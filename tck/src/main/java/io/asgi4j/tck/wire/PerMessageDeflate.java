package io.asgi4j.tck.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The client's half of permessage-deflate (RFC 7692), with windows of 32 KiB. Confined to its client's thread.
 *
 * <p>An agreement on a smaller window for the server needs nothing: a window of 32 KiB inflates that too. One for the
 * client cannot be kept with the JDK's zlib and must not be offered.
 */
public final class PerMessageDeflate implements AutoCloseable {
    public static final String NAME = "permessage-deflate";

    private static final Octets EMPTY_BLOCK_END = Octets.hex("0000ffff");
    /** RFC 7692, 7.2.3.6: zlib gives nothing at all for a second empty message. */
    private static final Octets EMPTY_MESSAGE = Octets.hex("00");

    private static final int STEP = 16 * 1024;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final boolean clientForgets;
    private final boolean serverForgets;

    /**
     * Makes both directions.
     *
     * @param clientForgets {@code client_no_context_takeover} was agreed
     * @param serverForgets {@code server_no_context_takeover} was agreed
     */
    public PerMessageDeflate(boolean clientForgets, boolean serverForgets) {
        this.clientForgets = clientForgets;
        this.serverForgets = serverForgets;
    }

    /** What a handshake's answer agrees to; nothing if it does not mention permessage-deflate. */
    public static Optional<PerMessageDeflate> agreedBy(Response response) {
        return response.fields().members("sec-websocket-extensions").stream()
                .map(PerMessageDeflate::parts)
                .filter(parts -> parts.getFirst().equals(NAME))
                .findFirst()
                .map(parts -> new PerMessageDeflate(
                        parts.contains("client_no_context_takeover"), parts.contains("server_no_context_takeover")));
    }

    private static List<String> parts(String member) {
        return Arrays.stream(member.split(";", -1)).map(String::strip).toList();
    }

    /** Compresses the payload of one message. */
    public Octets deflate(Octets message) {
        if (message.isEmpty()) {
            return EMPTY_MESSAGE;
        }
        deflater.setInput(message.toByteArray());
        var out = new OctetsBuilder();
        var step = new byte[STEP];
        int count;
        do {
            count = deflater.deflate(step, 0, STEP, Deflater.SYNC_FLUSH);
            out.append(Octets.view(step, 0, count));
        } while (count == STEP);
        if (clientForgets) {
            deflater.reset();
        }
        var all = out.toOctets();
        return all.slice(0, all.size() - EMPTY_BLOCK_END.size());
    }

    /** A compressed text message. */
    public Frame text(String text) {
        return Frame.text(deflate(Octets.utf8(text))).withRsv(Frame.RSV1);
    }

    /** A compressed binary message. */
    public Frame binary(Octets message) {
        return Frame.binary(deflate(message)).withRsv(Frame.RSV1);
    }

    /**
     * Inflates the payload of one message.
     *
     * @throws Cut if it cannot be inflated, or would become too large
     */
    Octets inflate(Octets message, int limit) throws Cut {
        inflater.setInput(Octets.concat(message, EMPTY_BLOCK_END).toByteArray());
        var out = new OctetsBuilder();
        var step = new byte[STEP];
        try {
            while (true) {
                var count = inflater.inflate(step);
                out.append(Octets.view(step, 0, count));
                if (out.size() > limit) {
                    throw new Cut(Anomaly.Kind.TOO_LARGE, "a message of more than " + limit + " bytes when inflated");
                }
                if (inflater.finished() || inflater.needsDictionary() || count == 0) {
                    break;
                }
            }
        } catch (DataFormatException e) {
            throw new Cut(Anomaly.Kind.MALFORMED_DEFLATE, String.valueOf(e.getMessage()));
        }
        if (serverForgets || inflater.finished()) {
            inflater.reset();
        }
        return out.toOctets();
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }
}
