package io.asgi4j.tck.mutant;

import io.asgi4j.tck.wire.Frame;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What becomes of the bytes of one direction of a connection. Text stands for bytes, as in ISO-8859-1. Only the thread of its direction
 * calls it.
 */
interface Rewrite {
    /** Changes nothing. */
    Rewrite NONE = new Rewrite() {};

    /** Changes heads only. */
    static Rewrite ofHeads(UnaryOperator<String> flaw) {
        return new Rewrite() {
            @Override
            public String head(String head) {
                return flaw.apply(head);
            }
        };
    }

    /** Changes what follows heads only. */
    static Rewrite ofBodies(UnaryOperator<String> flaw) {
        return new Rewrite() {
            @Override
            public String body(String piece) {
                return flaw.apply(piece);
            }
        };
    }

    /** Changes frames only. */
    static Rewrite ofFrames(Function<Frame, List<Frame>> flaw) {
        return new Rewrite() {
            @Override
            public List<Frame> frame(Frame frame) {
                return flaw.apply(frame);
            }
        };
    }

    /** What is passed on in place of a head, which includes its empty line. */
    default String head(String head) {
        return head;
    }

    /** What is passed on in place of a piece of a body, which comes with its framing, and cut anywhere. */
    default String body(String piece) {
        return piece;
    }

    /** What is passed on in place of a piece of what a client writes behind a handshake that is not answered yet. */
    default String early(String piece) {
        return piece;
    }

    /** What is passed on in place of a frame of a WebSocket. */
    default List<Frame> frame(Frame frame) {
        return List.of(frame);
    }

    /** What is passed on before the end of the direction. */
    default String end() {
        return "";
    }

    /** Whether the end of the direction is passed on, rather than leaving the other side waiting. */
    default boolean ends() {
        return true;
    }
}
