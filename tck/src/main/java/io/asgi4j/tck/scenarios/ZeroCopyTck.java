package io.asgi4j.tck.scenarios;

import static io.asgi4j.tck.scenario.Matchers.body;
import static io.asgi4j.tck.scenario.Matchers.bytes;
import static io.asgi4j.tck.scenario.Matchers.entry;
import static io.asgi4j.tck.scenario.Matchers.exactly;
import static io.asgi4j.tck.scenario.Matchers.header;
import static io.asgi4j.tck.scenario.Matchers.inOrder;
import static io.asgi4j.tck.scenario.Matchers.no;
import static io.asgi4j.tck.scenario.Matchers.noBody;
import static io.asgi4j.tck.scenario.Matchers.received;
import static io.asgi4j.tck.scenario.Matchers.refused;
import static io.asgi4j.tck.scenario.Matchers.returned;
import static io.asgi4j.tck.scenario.Matchers.sendFailed;
import static io.asgi4j.tck.scenario.Matchers.sent;
import static io.asgi4j.tck.scenario.Matchers.status;
import static io.asgi4j.tck.scenario.Matchers.truncated;
import static io.asgi4j.tck.scenario.Scripts.app;
import static io.asgi4j.tck.scenario.Scripts.await;
import static io.asgi4j.tck.scenario.Scripts.checkFile;
import static io.asgi4j.tck.scenario.Scripts.event;
import static io.asgi4j.tck.scenario.Scripts.file;
import static io.asgi4j.tck.scenario.Scripts.fill;
import static io.asgi4j.tck.scenario.Scripts.fork;
import static io.asgi4j.tck.scenario.Scripts.interrupt;
import static io.asgi4j.tck.scenario.Scripts.last;
import static io.asgi4j.tck.scenario.Scripts.more;
import static io.asgi4j.tck.scenario.Scripts.receive;
import static io.asgi4j.tck.scenario.Scripts.send;
import static io.asgi4j.tck.scenario.Scripts.start;

import io.asgi4j.tck.Feature;
import io.asgi4j.tck.scenario.EntryMatcher;
import io.asgi4j.tck.scenario.Steps;
import io.asgi4j.tck.script.Step;
import io.asgi4j.tck.script.TraceEntry.Kind;
import io.asgi4j.tck.script.Value;
import io.asgi4j.tck.script.Value.Dict;
import org.junit.jupiter.api.Test;

/** Parts of open files that the server sends by itself. */
@Needs(Feature.ZEROCOPYSEND)
public abstract class ZeroCopyTck extends Tck {
    private static final int LARGE = 16 << 20;
    private static final Dict EVENT = event("http.response.zerocopysend").with("file", new Value.FileHandle("page"));
    private static final Steps TEN_DIGITS = file("page", bytes("0123456789"));

    @Test
    @Requirement({"extension.zerocopysend.range", "extension.zerocopysend.position", "extension.zerocopysend.mixed"})
    final void rangesOfAFileAreSent() {
        scenario(app(
                        TEN_DIGITS,
                        start(200),
                        zeroCopy(EVENT.with("offset", 2).with("count", 3).with("more_body", true)),
                        checkFile("page"),
                        zeroCopy(EVENT.with("offset", 7).with("more_body", true)),
                        checkFile("page"),
                        zeroCopy(EVENT.with("count", 4).with("more_body", true)),
                        checkFile("page"),
                        zeroCopy(EVENT),
                        checkFile("page")))
                .get()
                .expectResponse(status(200), body("234" + "789" + "0123" + "456789"))
                .expectApp(
                        exactly(4, sent("http.response.zerocopysend")),
                        exactly(2, positioned(0)),
                        inOrder(positioned(0), positioned(0), positioned(4), positioned(10)));
    }

    @Test
    @Requirement({"extension.zerocopysend.range", "extension.zerocopysend.position"})
    final void anEventWithCountAndWithoutMoreBodyCompletesTheResponse() {
        scenario(app(
                        TEN_DIGITS,
                        start(200, "content-length", "4"),
                        zeroCopy(EVENT.with("count", 4)),
                        checkFile("page"),
                        receive()))
                .get()
                .expectResponse(status(200), header("content-length", "4"), body("0123"))
                .get()
                .expectResponse(status(200), body("0123"))
                .expectApp(exactly(2, positioned(4)), exactly(2, received("http.disconnect")));
    }

    @Test
    @Requirement("extension.zerocopysend.mixed")
    final void partsOfAFileMixWithOtherParts() {
        scenario(app(
                        TEN_DIGITS,
                        start(200),
                        more("<"),
                        zeroCopy(EVENT.with("count", 5).with("more_body", true)),
                        more("|"),
                        zeroCopy(EVENT.with("more_body", true)),
                        zeroCopy(EVENT.with("offset", 0).with("count", 0).with("more_body", true)),
                        last(">")))
                .get()
                .expectResponse(status(200), body("<01234|56789>"))
                .expectApp(exactly(3, sent("http.response.zerocopysend")));
    }

    @Test
    @Requirement({"extension.zerocopysend.range", "extension.zerocopysend.returns-when-done"})
    final void aLargeFileIsSentWhole() {
        scenario(app(file("page", fill("0123456789abcdef", LARGE)), start(200), zeroCopy(EVENT), checkFile("page")))
                .get()
                .expectResponse(status(200), body(fill("0123456789abcdef", LARGE)))
                .expectApp(positioned(LARGE));
    }

    @Test
    @Requirement("extension.zerocopysend.owned")
    final void theFileStaysOpen() {
        scenario(app(TEN_DIGITS, start(200), zeroCopy(EVENT), receive(), await("go"), checkFile("page")))
                .get()
                .expectResponse(status(200), body("0123456789"))
                .close()
                .signal("go")
                .expectApp(entry(Kind.FILE).detail("open", Value.of(true)));
    }

    @Test
    @Requirement("extension.zerocopysend.returns-when-done")
    final void sendBlocksUntilTheFileIsSent() {
        scenario(app(file("page", fill("0123456789abcdef", LARGE)), start(200), zeroCopy(EVENT)))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectAppQuietAfter("sent:http.response.start")
                .expectResponse(status(200), body(fill("0123456789abcdef", LARGE)))
                .expectApp(sent("http.response.zerocopysend"));
    }

    @Test
    @Requirement({
        "extension.zerocopysend.returns-when-done",
        "extension.zerocopysend.owned",
        "flow.send-released-when-gone"
    })
    final void aClientThatLeavesEndsASendThatIsBlocked() {
        scenario(app(
                        file("page", fill("0123456789abcdef", LARGE)),
                        start(200),
                        zeroCopy(EVENT).tolerant(),
                        checkFile("page")))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectAppQuietAfter("sent:http.response.start")
                .reset()
                .expectApp(
                        sendFailed("http.response.zerocopysend").clientGone(),
                        entry(Kind.FILE).detail("open", Value.of(true)));
    }

    @Test
    @Requirement({
        "cancellation.blocked-calls-end",
        "cancellation.whole-or-nothing",
        "extension.zerocopysend.returns-when-done",
        "extension.zerocopysend.owned"
    })
    final void anInterruptGivesAFileBackThatIsBeingSent() {
        scenario(app(
                        file("page", fill("0123456789abcdef", LARGE)),
                        fork("other", await("go"), interrupt(Step.Fork.MAIN)),
                        start(200),
                        zeroCopy(EVENT.with("more_body", true)).tolerant(),
                        checkFile("page"),
                        last("end").tolerant()))
                .connectWithReceiveBuffer(65536)
                .get()
                .expectHead(status(200))
                .expectAppQuietAfter("sent:http.response.start")
                .signal("go")
                .awaitApp("interrupted")
                .expectResponse(truncated())
                .expectApp(
                        entry(Kind.INTERRUPTED).detail("op", Value.of("send")),
                        entry(Kind.FILE).detail("open", Value.of(true)),
                        sendFailed("http.response.body").clientDisconnected(),
                        returned());
    }

    @Test
    @Requirement("extension.zerocopysend.short-file")
    final void aFileThatIsTooShortIsRefusedAndLeavesRoomForAnotherBody() {
        scenario(app(
                        TEN_DIGITS,
                        start(200),
                        zeroCopy(EVENT.with("offset", 5).with("count", 6)).tolerant(),
                        checkFile("page"),
                        last("another")))
                .get()
                .expectResponse(status(200), body("another"))
                .expectApp(
                        sendFailed("http.response.zerocopysend").clientGone(),
                        no(sendFailed("http.response.zerocopysend").clientDisconnected()),
                        positioned(0));
    }

    @Test
    @Requirement({"http.response.length-exceeded", "extension.zerocopysend.mixed"})
    final void aFileLongerThanTheAnnouncedLengthIsRefused() {
        scenario(app(
                        TEN_DIGITS,
                        start(200, "content-length", "3"),
                        zeroCopy(EVENT).tolerant(),
                        checkFile("page"),
                        zeroCopy(EVENT.with("count", 3))))
                .get()
                .expectResponse(status(200), body("012"))
                .expectApp(refused("http.response.zerocopysend"), positioned(0));
    }

    @Test
    @Requirement({"http.response.bodiless", "extension.zerocopysend.mixed"})
    final void aFileIsNotSentInAnswerToHead() {
        scenario(app(TEN_DIGITS, start(200, "content-length", "10"), zeroCopy(EVENT)))
                .send("HEAD {path} HTTP/1.1", "Host: {host}", "")
                .expectResponse(status(200), header("content-length", "10"), noBody())
                .get()
                .expectResponse(status(200), body("0123456789"))
                .expectApp(exactly(2, sent("http.response.zerocopysend")));
    }

    @Test
    @Requirement({"core.events.illegal-exception", "core.events.illegal-without-effect"})
    final void aFileBeforeTheStartIsRefused() {
        scenario(app(TEN_DIGITS, zeroCopy(EVENT).tolerant(), start(200), zeroCopy(EVENT)))
                .get()
                .expectResponse(status(200), body("0123456789"))
                .expectApp(refused("http.response.zerocopysend"));
    }

    private static Steps zeroCopy(Dict event) {
        return send(event);
    }

    private static EntryMatcher positioned(long position) {
        return entry(Kind.FILE).detail("position", Value.of(position)).detail("open", Value.of(true));
    }
}
