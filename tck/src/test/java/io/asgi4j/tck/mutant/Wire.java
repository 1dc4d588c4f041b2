package io.asgi4j.tck.mutant;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the two directions of a connection know of each other. Any thread may call any method. */
final class Wire {
    /** What became of a request to change over to WebSocket. */
    enum Upgrade {
        NONE,
        ASKED,
        DONE
    }

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile String request = "";
    private volatile Upgrade upgrade = Upgrade.NONE;
    private volatile boolean control;
    private volatile boolean used;
    private volatile boolean http2;

    void asked(String head) {
        if (head.startsWith("PRI * HTTP/2.0")) {
            http2 = true;
            return;
        }
        control = head.lines().findFirst().orElse("").contains(Mutant.CONTROL);
        if (Head.isUpgrade(head)) {
            upgrade = Upgrade.ASKED;
        }
        used = true;
        requests.add(head);
    }

    /** Takes the head of a response; interim ones answer nothing. */
    void answered(String head) {
        var status = Head.status(head);
        if (status >= 200 || status == 101) {
            var next = requests.poll();
            request = next == null ? "" : next;
            upgrade = status == 101 ? Upgrade.DONE : Upgrade.NONE;
        }
    }

    /** The head of the request that the latest final response answers; empty if it answers none. */
    String request() {
        return request;
    }

    /** The heads of requests that wait for their responses. */
    List<String> waiting() {
        return List.copyOf(requests);
    }

    /** Whether there was a request. */
    boolean isUsed() {
        return used;
    }

    /** Whether the kit talks to its application. */
    boolean isControl() {
        return control;
    }

    /** Whether the client began with the preface of HTTP/2, so that what follows has neither heads nor ends of lines. */
    boolean isHttp2() {
        return http2;
    }

    Upgrade upgrade() {
        return upgrade;
    }
}
