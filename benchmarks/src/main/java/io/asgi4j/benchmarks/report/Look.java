package io.asgi4j.benchmarks.report;

import io.asgi4j.benchmarks.peer.Catalogue;

/** How peers are told apart in charts. */
final class Look {
    private Look() {}

    static String of(String peer) {
        return switch (peer) {
            case Catalogue.LIMIT -> "limit";
            case "asgi4j" -> "ours";
            default -> peer.startsWith("asgi4j") ? "ours-too" : "other";
        };
    }
}
