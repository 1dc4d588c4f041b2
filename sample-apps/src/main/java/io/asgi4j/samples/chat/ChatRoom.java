package io.asgi4j.samples.chat;

import io.asgi4j.spec.Application;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.Receive;
import io.asgi4j.spec.Scope;
import io.asgi4j.spec.Send;
import io.asgi4j.spec.UnsupportedScopeException;
import io.asgi4j.spec.WebSocketAccept;
import io.asgi4j.spec.WebSocketClose;
import io.asgi4j.spec.WebSocketReceive;
import io.asgi4j.spec.WebSocketScope;
import io.asgi4j.spec.WebSocketSend;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** One room: what a member says, every member hears, in the same order, and nobody waits for one who does not listen. */
public final class ChatRoom implements Application {
    static final int MESSAGE_LIMIT = 4_096; // characters
    static final int OUTGOING_LIMIT = 256; // messages waiting for one member

    /** What waits for each member: the one thread that reads puts it there for the other one, which writes. */
    private final Set<BlockingQueue<OutboundEvent>> members = ConcurrentHashMap.newKeySet();

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // for the yield
    public void handle(Scope scope, Receive receive, Send send) throws IOException, InterruptedException {
        if (!(scope instanceof WebSocketScope)) {
            throw new UnsupportedScopeException(scope);
        }
        var member = new LinkedBlockingQueue<OutboundEvent>(OUTGOING_LIMIT);
        var writer = Thread.ofVirtual().name("chat-writer").unstarted(() -> write(member, send));
        members.add(member);
        try {
            receive.receive();
            send.send(new WebSocketAccept());
            writer.start();
            while (receive.receive() instanceof WebSocketReceive said) {
                say(member, said);
                Thread.yield(); // or a burst of messages would fill the queues before a writer has its turn
            }
        } finally {
            members.remove(member);
            writer.interrupt();
        }
    }

    private synchronized void say(BlockingQueue<OutboundEvent> speaker, WebSocketReceive said) {
        var text = said.text();
        if (text == null || text.length() > MESSAGE_LIMIT) {
            dismiss(speaker, new WebSocketClose(1008, "short text messages only"));
        } else if (members.contains(speaker)) {
            var message = WebSocketSend.text(text);
            var deaf = members.stream().filter(member -> !member.offer(message));
            deaf.forEach(member -> dismiss(member, new WebSocketClose(1013, "too slow")));
        }
    }

    private void dismiss(BlockingQueue<OutboundEvent> member, WebSocketClose farewell) {
        if (members.remove(member)) {
            member.clear();
            member.add(farewell);
        }
    }

    private static void write(BlockingQueue<OutboundEvent> outgoing, Send send) {
        try {
            while (true) {
                send.send(outgoing.take());
            }
        } catch (IOException | InterruptedException gone) {
            // The reader learns of it through receive() and leaves.
        }
    }
}
