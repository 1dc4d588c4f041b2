package io.asgi4j.tck.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads one HTTP/1 response, as far as asked.
 *
 * <p>It understands as much as it can and notes what is wrong. Each method gives all that is known so far. Where the time was
 * over, which {@link Anomaly.Kind#TIMED_OUT} says, the next call reads on; to show that nothing more comes for a while, call
 * {@link #end(Duration)} with that while. Belongs to the thread of its {@link WireClient}.
 */
public final class ResponseReader {
    private static final String PROTOCOL = "HTTP/";
    private static final int MOST_LINES_BEFORE_START = 16;

    private final Inbox inbox;
    private final Limits limits;
    private final boolean answersHead;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final LineReader lines;
    private final List<InterimResponse> interims = new ArrayList<>();
    private StatusLine statusLine = StatusLine.NONE;
    private List<Field> fields = new ArrayList<>();
    private Framing framing = Framing.NONE;
    private BodyReader body;
    private boolean hasHead;
    /** What stood where a response should begin. */
    private OctetsBuilder before = new OctetsBuilder();

    private int linesBefore;
    private boolean complete;
    private boolean cut;

    ResponseReader(Inbox inbox, Limits limits, String method) {
        this.inbox = inbox;
        this.limits = limits;
        this.answersHead = method.equals("HEAD");
        this.lines = new LineReader(inbox, limits.head(), anomalies);
        this.body = new BodyReader(inbox, lines, Framing.NONE, 0, 0);
    }

    /** Waits for the head of the final response. */
    public Response head() {
        return until(0, limits.within());
    }

    /** Waits until at least so many bytes of the body have come, or it has ended. */
    public Response body(int atLeast) {
        return until(atLeast, limits.within());
    }

    /** Waits for the end of the response. */
    public Response end() {
        return end(limits.within());
    }

    /** Waits for the end of the response, for so long at most. */
    public Response end(Duration within) {
        return until(Integer.MAX_VALUE, within);
    }

    private Response until(int bodyBytes, Duration within) {
        var deadline = Deadline.after(within);
        try {
            if (!cut && !hasHead) {
                readHead(deadline);
            }
            while (!cut && !complete) {
                if (body.hasEnded()) {
                    complete = true;
                    lookBehind();
                } else if (body.body().size() < bodyBytes) {
                    body.step(deadline);
                } else {
                    break;
                }
            }
        } catch (Cut stop) {
            if (stop.anomaly().kind() == Anomaly.Kind.TIMED_OUT) {
                return known(Stream.concat(anomalies.stream(), Stream.of(stop.anomaly()))
                        .toList());
            }
            anomalies.add(stop.anomaly());
            cut = true;
        }
        return known(anomalies);
    }

    private Response known(List<Anomaly> noticed) {
        return new Response(
                interims,
                statusLine,
                new Fields(fields),
                framing,
                body.body(),
                body.chunks(),
                body.trailers(),
                complete,
                noticed,
                inbox.available() > 0 ? Ending.OPEN : inbox.ending());
    }

    private void readHead(Deadline deadline) throws Cut {
        while (!hasHead) {
            if (statusLine.equals(StatusLine.NONE)) {
                readStatusLine(deadline);
            }
            lines.fields(fields, deadline);
            if (statusLine.status() / 100 != 1 || statusLine.status() == 101) {
                body = framed();
                hasHead = true;
            } else {
                addInterim();
            }
        }
    }

    private void addInterim() throws Cut {
        forbidFraming();
        interims.add(new InterimResponse(statusLine, new Fields(fields)));
        statusLine = StatusLine.NONE;
        fields = new ArrayList<>();
        if (interims.size() > limits.interims()) {
            throw new Cut(Anomaly.Kind.TOO_LARGE, "more than " + limits.interims() + " interim responses");
        }
    }

    private void readStatusLine(Deadline deadline) throws Cut {
        var line = firstLine(deadline);
        while (!line.toLatin1().contains(PROTOCOL)) {
            before.append(line);
            before.append(Octets.latin1("\r\n"));
            if (++linesBefore == MOST_LINES_BEFORE_START) {
                throw new Cut(
                        Anomaly.Kind.MALFORMED_STATUS_LINE, before.toOctets().toString());
            }
            line = firstLine(deadline);
        }
        var start = line.toLatin1().indexOf(PROTOCOL);
        before.append(line.first(start));
        statusLine = StatusLine.parse(line.from(start));
        if (before.size() > 0) {
            anomalies.add(new Anomaly(
                    Anomaly.Kind.BYTES_BEFORE_START, before.toOctets().toString()));
            before = new OctetsBuilder();
        }
        if (!statusLine.isWellFormed()) {
            var malformed = new Anomaly(Anomaly.Kind.MALFORMED_STATUS_LINE, line.toString());
            if (statusLine.status() == 0) {
                throw new Cut(malformed.kind(), malformed.detail());
            }
            anomalies.add(malformed);
        }
    }

    /** A line, at a place where the server may just as well have ended. */
    private Octets firstLine(Deadline deadline) throws Cut {
        if (!inbox.await(1, deadline) && inbox.ending() != Ending.OPEN && !lines.isWithinLine()) {
            throw before.size() > 0
                    ? new Cut(
                            Anomaly.Kind.MALFORMED_STATUS_LINE,
                            before.toOctets().toString())
                    : new Cut(Anomaly.Kind.NO_RESPONSE, inbox.ending().toString());
        }
        return lines.line(deadline);
    }

    private BodyReader framed() {
        var found = new Fields(fields);
        var codings = found.members("transfer-encoding");
        var lengths = found.members("content-length");
        var length = 0L;
        if (found.contains("transfer-encoding") && found.contains("content-length")) {
            anomalies.add(new Anomaly(
                    Anomaly.Kind.BOTH_FRAMINGS, "Content-Length " + lengths + ", Transfer-Encoding " + codings));
        }
        if (statusLine.status() == 204 || statusLine.status() == 101) {
            forbidFraming();
            framing = Framing.NONE;
        } else if (answersHead || statusLine.status() == 304) {
            framing = Framing.NONE;
        } else if (found.contains("transfer-encoding")) {
            framing = isOnlyChunked(codings) ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        } else if (found.contains("content-length")) {
            length = contentLength(lengths);
            framing = length < 0 ? Framing.UNTIL_CLOSE : Framing.CONTENT_LENGTH;
        } else {
            framing = Framing.UNTIL_CLOSE;
        }
        return new BodyReader(inbox, lines, framing, length, limits.body());
    }

    private boolean isOnlyChunked(List<String> codings) {
        if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
            anomalies.add(new Anomaly(Anomaly.Kind.UNKNOWN_TRANSFER_ENCODING, codings.toString()));
        }
        return !codings.isEmpty() && codings.getLast().equalsIgnoreCase("chunked");
    }

    private long contentLength(List<String> values) {
        if (values.isEmpty()
                || values.stream().distinct().count() > 1
                || !values.getFirst().matches("[0-9]{1,18}")) {
            anomalies.add(new Anomaly(Anomaly.Kind.MALFORMED_CONTENT_LENGTH, values.toString()));
            return -1;
        }
        if (values.size() > 1) {
            anomalies.add(new Anomaly(Anomaly.Kind.REPEATED_CONTENT_LENGTH, values.toString()));
        }
        return Long.parseLong(values.getFirst());
    }

    private void forbidFraming() {
        for (var field : fields) {
            if (field.isNamed("content-length") || field.isNamed("transfer-encoding")) {
                anomalies.add(new Anomaly(Anomaly.Kind.FORBIDDEN_FRAMING, statusLine + " with " + field));
            }
        }
    }

    /** Only what is there already: bytes that come later show up when the connection is used next. */
    private void lookBehind() {
        if (framing == Framing.UNTIL_CLOSE || statusLine.status() == 101) {
            return;
        }
        if (inbox.available() == 0) {
            inbox.fill(Deadline.now());
        }
        var behind = inbox.peek();
        var expected = Octets.latin1(PROTOCOL);
        if (!behind.first(expected.size()).equals(expected.first(behind.size()))) {
            anomalies.add(new Anomaly(
                    Anomaly.Kind.BYTES_AFTER_END,
                    behind + " behind a body of " + body.body().size() + " bytes"));
        }
    }
}
