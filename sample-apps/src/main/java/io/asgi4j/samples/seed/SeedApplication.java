package io.asgi4j.samples.seed;

import io.asgi4j.server.netty.cli.Main;
import io.asgi4j.spec.Application;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.InboundEvent;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;

/** The smallest application that shows each kind of scope: it prints what the server hands it, and answers. */
public final class SeedApplication implements Application {

    public static void main(String[] arguments) {
        Main.run(new SeedApplication(), "--host", "0.0.0.0", "--port", "8000", "--lifespan", "on");
    }

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        switch (scope) {
            case HttpScope http -> answer(http, send);
            case WebSocketScope webSocket -> greet(receive, send);
            case LifespanScope lifespan -> live(lifespan, receive, send);
            case ExtensionScope other -> System.out.println(other);
        }
    }

    private static void answer(HttpScope http, Send send) throws IOException, InterruptedException {
        System.out.println(http);
        send.send(new HttpResponseStart(200, Headers.of("content-type", "application/json")));
        send.send(HttpResponseBody.last("{\"healthy\": \"ok\"}"));
    }

    private static void greet(Receive receive, Send send) throws IOException, InterruptedException {
        printed(receive);
        send.send(new WebSocketAccept());
        var event = printed(receive);
        if (event instanceof WebSocketReceive) {
            send.send(WebSocketSend.text("hello from websocket " + event));
        }
    }

    private static void live(LifespanScope lifespan, Receive receive, Send send)
            throws IOException, InterruptedException {
        System.out.println(lifespan);
        printed(receive);
        send.send(new LifespanStartupComplete());
        printed(receive);
        send.send(new LifespanShutdownComplete());
    }

    private static InboundEvent printed(Receive receive) throws InterruptedException {
        var event = receive.receive();
        System.out.println(event);
        return event;
    }
}
