package io.asgi4j.tck.mutant;

import io.asgi4j.spec.HttpDisconnect;
import io.asgi4j.spec.HttpRequest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Servers that do not tell when a client leaves. */
final class HttpDisconnectMutantTests extends MutantTests {
    @Test
    @Breaks("http.disconnect.repeated")
    void aServerThatTellsOnlyOnceThatTheClientHasLeftIsCaught() throws Exception {
        kill(Mutant.ofReceive((scope, receive) -> {
            var told = new boolean[1];
            return () -> {
                var event = receive.receive();
                if (event instanceof HttpDisconnect && told[0]) {
                    return new HttpRequest(ByteBuffer.allocate(0), false);
                }
                told[0] |= event instanceof HttpDisconnect;
                return event;
            };
        }));
    }
}
