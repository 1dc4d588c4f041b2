package io.asgi4j.benchmarks.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends back what comes; asks for the next message when one was sent. Public, as Jetty wants its endpoints. */
public final class JettyEcho extends Session.Listener.Abstract {
    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        session.demand();
    }

    @Override
    public void onWebSocketText(String text) {
        getSession().sendText(text, sent(Callback.NOOP));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback received) {
        getSession().sendBinary(bytes, sent(received));
    }

    private Callback sent(Callback received) {
        return Callback.from(received, getSession()::demand);
    }
}
