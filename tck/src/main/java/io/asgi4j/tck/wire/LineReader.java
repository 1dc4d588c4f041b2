package io.asgi4j.tck.wire;

import java.util.List;

/** Reads lines and field sections, and notes what is wrong with them. Confined to its client's thread. */
final class LineReader {
    private static final int SHOWN = 80;

    private final Inbox inbox;
    private final int limit;
    private final List<Anomaly> anomalies;
    /** What has come of the line that is being read: a reading that ran out of time can go on later. */
    private OctetsBuilder line = new OctetsBuilder();

    /** Lines of at most {@code limit} bytes; so much for a whole field section too. */
    LineReader(Inbox inbox, int limit, List<Anomaly> anomalies) {
        this.inbox = inbox;
        this.limit = limit;
        this.anomalies = anomalies;
    }

    /** A line without its end. */
    Octets line(Deadline deadline) throws Cut {
        while (true) {
            await(
                    deadline,
                    isWithinLine() ? "within the line " + line.toOctets().last(SHOWN) : "before the next line");
            var octet = inbox.take();
            if (octet == '\n') {
                var complete = line.toOctets();
                line = new OctetsBuilder();
                return withoutEnd(complete);
            }
            if (line.size() == limit) {
                throw new Cut(Anomaly.Kind.TOO_LARGE, "a line of more than " + limit + " bytes");
            }
            line.append(octet);
        }
    }

    /** Whether a line has begun, and not ended yet. */
    boolean isWithinLine() {
        return line.size() > 0;
    }

    /** A field section, with the empty line behind it. */
    void fields(List<Field> into, Deadline deadline) throws Cut {
        var room = limit;
        for (var line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            room -= line.size();
            if (room < 0) {
                throw new Cut(Anomaly.Kind.TOO_LARGE, "fields of more than " + limit + " bytes");
            }
            if (!into.isEmpty() && (line.at(0) == ' ' || line.at(0) == '\t')) {
                anomalies.add(new Anomaly(Anomaly.Kind.FOLDED_FIELD, line.toString()));
                var whole = Octets.concat(into.removeLast().line(), Octets.latin1("\r\n"), line);
                into.add(Field.parse(whole));
            } else {
                var field = Field.parse(line);
                if (!field.isWellFormed()) {
                    anomalies.add(new Anomaly(Anomaly.Kind.MALFORMED_FIELD, line.toString()));
                }
                into.add(field);
            }
        }
    }

    /** Waits for a byte. */
    void await(Deadline deadline, String where) throws Cut {
        if (!inbox.await(1, deadline)) {
            throw switch (inbox.ending()) {
                case OPEN -> new Cut(Anomaly.Kind.TIMED_OUT, where);
                case ORDERLY, RESET, LOCAL -> new Cut(Anomaly.Kind.PREMATURE_END, inbox.ending() + " " + where);
            };
        }
    }

    private Octets withoutEnd(Octets line) {
        if (!line.isEmpty() && line.at(line.size() - 1) == '\r') {
            return line.slice(0, line.size() - 1);
        }
        anomalies.add(new Anomaly(Anomaly.Kind.BARE_LINE_FEED, line.last(SHOWN).toString()));
        return line;
    }
}
