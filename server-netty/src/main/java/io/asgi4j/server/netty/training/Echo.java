package io.asgi4j.server.netty.training;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.ExtensionScope;
import io.asgi4j.spec.Headers;
import io.asgi4j.spec.HttpRequest;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.HttpResponseStart;
import io.asgi4j.spec.HttpScope;
import io.asgi4j.spec.LifespanScope;
import io.asgi4j.spec.LifespanShutdownComplete;
import io.asgi4j.spec.LifespanStartupComplete;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;

/** The application of a training run: it sends back what it receives, so that most of the server takes part. */
public final class Echo implements Application {
    /** Called by the command line, as any application's. */
    public Echo() {}

    @Override
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        switch (scope) {
            case HttpScope http -> answer(receive, send);
            case WebSocketScope webSocket -> converse(receive, send);
            case LifespanScope lifespan -> live(receive, send);
            case ExtensionScope extension -> throw new UnsupportedScopeException(extension);
        }
    }

    private static void answer(Receive receive, Send send) throws IOException, InterruptedException {
        send.send(new HttpResponseStart(200, Headers.of("content-type", "text/plain")));
        while (receive.receive() instanceof HttpRequest request) {
            send.send(new HttpResponseBody(request.body(), request.moreBody()));
            if (!request.moreBody()) {
                break;
            }
        }
    }

    private static void converse(Receive receive, Send send) throws IOException, InterruptedException {
        receive.receive();
        send.send(new WebSocketAccept());
        while (receive.receive() instanceof WebSocketReceive message) {
            send.send(new WebSocketSend(message.bytes(), message.text()));
        }
    }

    private static void live(Receive receive, Send send) throws IOException, InterruptedException {
        receive.receive();
        send.send(new LifespanStartupComplete());
        receive.receive();
        send.send(new LifespanShutdownComplete());
    }
}
