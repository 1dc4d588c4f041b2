package io.asgi4j.server.netty.http1;

import io.asgi4j.server.netty.exchange.Exchange;
import io.asgi4j.server.netty.exchange.HttpExchange;
import io.asgi4j.server.netty.websocket.Handshake;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Makes a call of the application out of a request. Owned by the connection's event loop. */
final class Calls {

    /**
     * A call that is about to start.
     *
     * @param exchange an HTTP exchange, or a WebSocket whose handshake waits for the application
     * @param response where an answer by HTTP goes
     * @param hasBody whether the request has a body that is still to be read
     * @param expectsContinue whether the client waits for 100 (Continue) before it sends the body
     */
    record Call(Exchange exchange, Http1Response response, boolean hasBody, boolean expectsContinue) {}

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
    Call call(HttpRequest request, boolean last) {
        var target = driver.check().check(request);
        if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
            var fields = new RequestFields(request.headers());
            if (Handshake.isRequested(ScopeFactory.version(request), fields)) {
                return webSocket(request, target, fields);
            }
        }
        return http(request, target, last);
    }

    private Call http(HttpRequest request, RequestTarget target, boolean last) {
        var http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        var hasBody = request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                || HttpUtil.getContentLength(request, 0L) > 0;
        var expectsContinue = hasBody && !http10 && request.headers().contains(HttpHeaderNames.EXPECT);
        var response = new Http1Response(
                connection, channel, driver.encoder(), http10, !last && HttpUtil.isKeepAlive(request));
        var exchange = new HttpExchange(
                driver.exchanges(), response, client -> scopes.http(request, target, client), expectsContinue);
        return new Call(exchange, response, hasBody, expectsContinue);
    }

    private Call webSocket(HttpRequest request, RequestTarget target, RequestFields fields) {
        return switch (Handshake.ofUpgrade(request.method().name(), fields)) {
            case Handshake.Refusal refusal ->
                throw new Violation.Found(
                        new Violation(refusal.status(), refusal.section(), refusal.message(), refusal.headers()));
            case Handshake.Offer offer -> {
                var denial = new Http1Response(connection, channel, driver.encoder(), false, false);
                var webSocket = new Http1WebSocket(
                        connection,
                        driver,
                        channel,
                        offer,
                        denial,
                        client -> scopes.webSocket(target, fields, offer.subprotocols(), client));
                yield new Call(webSocket.exchange(), denial, false, false);
            }
        };
    }
}
