package io.asgi4j.tck.wire;

import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An HTTP/1 request as data.
 *
 * @param method the method's token
 * @param target the target as it is written in the request line; ISO-8859-1
 * @param version such as {@code 1.1}
 * @param fields all fields, those of the framing too
 * @param body the bytes of the body, without the framing
 */
public record Request(String method, String target, String version, Fields fields, Octets body) {
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ ]+) HTTP/(\\d\\.\\d)");

    /**
     * Understands literal bytes, if they are exactly one request: complete, framed well, with nothing that a list of fields
     * and a body cannot express (trailers, chunk extensions, folded lines). Names and values of fields may be malformed.
     */
    public static Optional<Request> parse(Octets octets) {
        var inbox = Inbox.holding(octets);
        var anomalies = new ArrayList<Anomaly>();
        var lines = new LineReader(inbox, Integer.MAX_VALUE, anomalies);
        var deadline = Deadline.now();
        try {
            var first = REQUEST_LINE.matcher(lines.line(deadline).toLatin1());
            var fields = new ArrayList<Field>();
            if (!first.matches()) {
                return Optional.empty();
            }
            lines.fields(fields, deadline);
            var head = new Fields(fields);
            var body = body(inbox, lines, head);
            while (!body.hasEnded()) {
                body.step(deadline);
            }
            var isExpressible = anomalies.stream().allMatch(anomaly -> anomaly.kind() == Anomaly.Kind.MALFORMED_FIELD)
                    && body.trailers().size() == 0
                    && body.chunks().stream()
                            .allMatch(chunk -> chunk.extension().isEmpty())
                    && !inbox.await(1, deadline);
            return isExpressible
                    ? Optional.of(new Request(first.group(1), first.group(2), first.group(3), head, body.body()))
                    : Optional.empty();
        } catch (Cut incomplete) {
            return Optional.empty();
        }
    }

    private static BodyReader body(Inbox inbox, LineReader lines, Fields fields) throws Cut {
        var codings = fields.all("transfer-encoding");
        var lengths = fields.all("content-length");
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
                throw new Cut(Anomaly.Kind.UNKNOWN_TRANSFER_ENCODING, codings.toString());
            }
            return new BodyReader(inbox, lines, Framing.CHUNKED, 0, Integer.MAX_VALUE);
        }
        if (lengths.isEmpty()) {
            return new BodyReader(inbox, lines, Framing.NONE, 0, 0);
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new Cut(Anomaly.Kind.MALFORMED_CONTENT_LENGTH, lengths.toString());
        }
        return new BodyReader(
                inbox, lines, Framing.CONTENT_LENGTH, Long.parseLong(lengths.getFirst()), Integer.MAX_VALUE);
    }

    public boolean isChunked() {
        return fields.contains("transfer-encoding");
    }
}
