package io.asgi4j.benchmarks.server;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** One of those to whom goes what any of them says. Public, as Jetty wants its endpoints. */
public final class JettyMember extends Session.Listener.AbstractAutoDemanding {
    private final Set<Session> members;

    JettyMember(Set<Session> members) {
        this.members = members;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        members.add(session);
    }

    @Override
    public void onWebSocketText(String text) {
        members.forEach(member -> member.sendText(text, Callback.NOOP));
    }

    @Override
    public void onWebSocketBinary(ByteBuffer bytes, Callback received) {
        var copy = BufferUtil.copy(bytes);
        members.forEach(member -> member.sendBinary(copy.slice(), Callback.NOOP));
        received.succeed();
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback closed) {
        members.remove(getSession());
        closed.succeed();
    }
}
