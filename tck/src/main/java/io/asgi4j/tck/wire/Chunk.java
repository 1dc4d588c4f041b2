package io.asgi4j.tck.wire;

/**
 * One chunk of a chunked body; the last has size 0.
 *
 * @param sizeLine the line with the size as it was on the wire, without its end
 * @param size the size it announces, in bytes
 * @param data what came of it
 */
public record Chunk(Octets sizeLine, long size, Octets data) {
    /** What follows the size, with its semicolon; empty if nothing does. */
    public String extension() {
        var line = sizeLine.toLatin1();
        var semicolon = line.indexOf(';');
        return semicolon < 0 ? "" : line.substring(semicolon);
    }

    public boolean isComplete() {
        return data.size() == size;
    }
}
