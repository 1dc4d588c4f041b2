package io.asgi4j.tck.mutant;

import io.asgi4j.spec.ClientDisconnectedException;
import io.asgi4j.spec.HttpResponseBody;
import io.asgi4j.spec.IllegalEventException;
import io.asgi4j.spec.OutboundEvent;
import io.asgi4j.spec.extension.HttpResponseZeroCopySend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Servers that send parts of open files in a wrong way. */
final class ZeroCopyMutantTests extends MutantTests {
    private static final int LARGE = 1 << 20;
    private static final String INTERRUPTED = "ZeroCopyTck.anInterruptGivesAFileBackThatIsBeingSent";

    @Test
    @Breaks(value = "extension.zerocopysend.range", also = "extension.zerocopysend.short-file")
    void aServerThatSendsFromTheBeginningIsCaught() throws Exception {
        kill(Mutant.ofSent(event -> event instanceof HttpResponseZeroCopySend part && part.offset() != null
                ? new HttpResponseZeroCopySend(part.file(), 0L, part.count(), part.moreBody())
                : event));
    }

    @Test
    @Breaks("extension.zerocopysend.position")
    void aServerThatMovesThePositionThoughThereIsAnOffsetIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            send.send(event);
            if (event instanceof HttpResponseZeroCopySend part && part.offset() != null) {
                part.file().position(part.offset());
            }
        }));
    }

    @Test
    @Breaks("extension.zerocopysend.mixed")
    void aServerThatTakesNoFileAfterABodyIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> {
            var begun = new AtomicBoolean();
            return event -> {
                if (event instanceof HttpResponseZeroCopySend && begun.get()) {
                    throw new IllegalEventException("after http.response.body", event);
                }
                begun.compareAndSet(false, event instanceof HttpResponseBody);
                send.send(event);
            };
        }));
    }

    @Test
    @Breaks("extension.zerocopysend.owned")
    void aServerThatClosesTheFileOfAClientThatIsGoneIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            try {
                send.send(event);
            } catch (ClientDisconnectedException e) {
                if (event instanceof HttpResponseZeroCopySend part) {
                    part.file().close();
                }
                throw e;
            }
        }));
    }

    @Test
    @Breaks(value = "extension.zerocopysend.returns-when-done", shows = "ZeroCopyTck.sendBlocksUntilTheFileIsSent")
    void aServerThatSendsALargeFileLaterIsCaught() throws Exception {
        kill(Mutant.ofCalls(application -> (scope, receive, send) -> {
            var later = new ArrayList<OutboundEvent>();
            application.handle(scope, receive, event -> {
                if (event instanceof HttpResponseZeroCopySend part
                        && !part.moreBody()
                        && part.file().size() > LARGE) {
                    later.add(event);
                } else {
                    send.send(event);
                }
            });
            for (var event : later) {
                send.send(event);
            }
        }));
    }

    @Test
    @Breaks(
            value = "extension.zerocopysend.returns-when-done",
            also = "cancellation.whole-or-nothing",
            shows = INTERRUPTED)
    void aServerThatGoesOnWithAFileAfterAnInterruptIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            if (!(event instanceof HttpResponseZeroCopySend)) {
                send.send(event);
                return;
            }
            var sent = new FutureTask<Void>(() -> {
                send.send(event);
                return null;
            });
            Thread.ofVirtual().start(sent);
            try {
                sent.get();
            } catch (ExecutionException failure) {
                switch (failure.getCause()) {
                    case IOException gone -> throw gone;
                    case RuntimeException illegal -> throw illegal;
                    case null, default -> throw new IllegalStateException(failure);
                }
            }
        }));
    }

    @Test
    @Breaks("extension.zerocopysend.short-file")
    void aServerThatSendsWhatThereIsOfAShortFileIsCaught() throws Exception {
        kill(Mutant.ofSend((scope, send) -> event -> {
            if (event instanceof HttpResponseZeroCopySend part
                    && part.offset() != null
                    && part.count() != null
                    && part.offset() + part.count() > part.file().size()) {
                send.send(new HttpResponseZeroCopySend(
                        part.file(), part.offset(), part.file().size() - part.offset(), part.moreBody()));
            } else {
                send.send(event);
            }
        }));
    }
}
