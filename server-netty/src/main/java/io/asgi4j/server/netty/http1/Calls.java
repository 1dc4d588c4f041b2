package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.http.RequestTarget;
import io.asgi4j.server.netty.http.ScopeFactory;
import io.asgi4j.server.netty.http.Violation;
import io.asgi4j.server.netty.websocket.Handshake;
import io.netty.channel.Channel;

/** Makes a call of the application out of a request. Owned by the connection's event loop. */
final class Calls {
    /**
     * A call that is about to start.
     *
     * @param exchange an HTTP exchange, or a WebSocket whose handshake waits for the application
     * @param response where an answer by HTTP goes
     * @param body how the body is framed that is still to be read
     * @param expectsContinue whether the client waits for 100 (Continue) before it sends the body
     */
    record Call(Exchange exchange, Http1Response response, BodyFraming body, boolean expectsContinue) {}

    private final Http1Connection connection;
    private final Http1Driver driver;
    private final Channel channel;
    private final ScopeFactory scopes;

    Calls(Http1Connection connection, Http1Driver driver, Channel channel, ScopeFactory scopes) {
        this.connection = connection;
        this.driver = driver;
        this.channel = channel;
        this.scopes = scopes;
    }

    /**
     * Checks a request and makes a call out of it.
     *
     * @param last whether it is the connection's last request, whatever it says itself
     * @throws Violation.Found if the application must not see it
     */
    Call call(RequestHead head, boolean last) {
        var body = RequestCheck.framing(head);
        var target = RequestCheck.target(head);
        return head.fields().contains("upgrade") && Handshake.isRequested(head.version(), head.fields())
                ? webSocket(head, target)
                : http(head, target, body, last);
    }

    private Call http(RequestHead head, RequestTarget target, BodyFraming body, boolean last) {
        requireCapacity();
        var expectsContinue = !(body instanceof BodyFraming.None)
                && !head.http10()
                && head.fields().contains("expect");
        var response =
                new Http1Response(connection, channel, driver.encoder(), head.http10(), !last && head.keepsAlive());
        var exchange = new HttpExchange(
                driver.exchanges(),
                response,
                client -> scopes.http(head.version(), head.method(), target, target.headers(head.fields()), client),
                expectsContinue);
        return new Call(exchange, response, body, expectsContinue);
    }

    private Call webSocket(RequestHead head, RequestTarget target) {
        var fields = target.headers(head.fields());
        return switch (Handshake.ofUpgrade(head.method(), fields)) {
            case Handshake.Refusal refusal ->
                throw new Violation.Found(
                        new Violation(refusal.status(), refusal.section(), refusal.message(), refusal.headers()));
            case Handshake.Offer offer -> {
                requireCapacity();
                var denial = new Http1Response(connection, channel, driver.encoder(), false, false);
                var webSocket = new Http1WebSocket(
                        connection,
                        driver,
                        channel,
                        offer,
                        denial,
                        client -> scopes.webSocket("1.1", target, fields, offer.subprotocols(), client));
                yield new Call(webSocket.exchange(), denial, new BodyFraming.None(), false);
            }
        };
    }

    /** What is reserved here is the runner's as soon as it runs the call: nothing must go wrong in between. */
    private void requireCapacity() {
        if (!driver.runner().reserve()) {
            throw new Violation.Found(Violation.BUSY);
        }
    }
}
