package io.asgi4j.server.netty.http2;

import static io.asgi4j.server.netty.http.Violation.badRequest;

import io.asgi4j.server.netty.http.FieldRules;
import io.asgi4j.server.netty.http.RequestTarget;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.websocket.Handshake;

/** Makes a call of the application out of a request's head. Owned by the connection's event loop. */
final class Requests {
    private static final String VERSION = "2";

    private final ServerConnection connection;
    private final ScopeFactory scopes;

    Requests(ServerConnection connection, ScopeFactory scopes) {
        this.connection = connection;
        this.scopes = scopes;
    }

    /**
     * Checks a request and makes a call out of it.
     *
     * @param bodyFollows whether the stream goes on behind the head
     * @throws Malformed if it is no request
     * @throws Violation.Found if the application must not see it
     */
    Call call(int id, Http2Head head, boolean bodyFollows) throws Malformed {
        if (head.method().equals("CONNECT")) {
            return connect(id, head);
        }
        if (head.protocol() != null) {
            throw new Malformed("RFC 8441 4", "Only a CONNECT has a :protocol.");
        }
        var target = target(head.method(), head);
        FieldRules.requireExpectation(head.fields());
        requireCapacity();
        var expectsContinue = head.fields().contains("expect");
        return new HttpCall(
                connection,
                id,
                client -> scopes.http(VERSION, head.method(), target, head.fields(), client),
                bodyFollows,
                expectsContinue);
    }

    private Call connect(int id, Http2Head head) throws Malformed {
        if (head.protocol() == null) {
            if (!head.scheme().isEmpty() || !head.path().isEmpty()) {
                throw new Malformed("RFC 9113 8.5", "A CONNECT has neither :scheme nor :path.");
            }
            throw new Violation.Found(new Violation(501, "RFC 9110 9.3.6", "This server is no proxy."));
        }
        if (!head.protocol().equals("websocket")) {
            throw new Violation.Found(
                    new Violation(501, "RFC 8441 4", "This server speaks no such protocol within HTTP/2."));
        }
        var target = target("GET", head);
        return switch (Handshake.ofConnect(head.fields())) {
            case Handshake.Refusal refusal ->
                throw new Violation.Found(
                        new Violation(refusal.status(), refusal.section(), refusal.message(), refusal.headers()));
            case Handshake.Offer offer -> {
                requireCapacity();
                yield new WebSocketCall(
                        connection,
                        id,
                        offer,
                        client -> scopes.webSocket(VERSION, target, head.fields(), offer.subprotocols(), client));
            }
        };
    }

    /** What is reserved here is the runner's as soon as it runs the call: nothing must go wrong in between. */
    private void requireCapacity() {
        if (!connection.driver().runner().reserve()) {
            throw new Violation.Found(Violation.BUSY);
        }
    }

    /** The target, whose form is that of HTTP/1's without the authority. */
    private static RequestTarget target(String method, Http2Head head) throws Malformed {
        if (!head.scheme().equals("http") && !head.scheme().equals("https")) {
            throw new Violation.Found(badRequest("RFC 9113 8.3.1", "The scheme is neither http nor https."));
        }
        if (!head.path().startsWith("/") && !head.path().equals("*")) {
            throw new Malformed("RFC 9113 8.3.1", "The :path does not begin with a slash.");
        }
        FieldRules.requireHost(head.fields(), false);
        return RequestTarget.parse(method, head.path());
    }
}
