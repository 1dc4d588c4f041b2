package io.asgi4j.benchmarks.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTests {
    private static final String REPORT = """
        # overhead|object|symbol

         40.00% |[kernel.kallsyms]  |[k] tcp_sendmsg
         10.00% |[JIT] tid 7        |[.] void io.asgi4j.server.netty.http1.Http1Connection.channelRead(io.netty.channel.ChannelHandlerContext, java.lang.Object)
          5.00% |[JIT] tid 7        |[.] java.lang.Object io.netty.util.Recycler.get()
          5.00% |[JIT] tid 7        |[.] void java.lang.VirtualThread.runContinuation()
          4.00% |[JIT] tid 7        |[.] java.lang.Object java.util.ArrayDeque.poll()
          3.00% |[JIT] tid 7        |[.] Interpreter
          2.00% |libjvm.so          |[.] thaw<Config<(oopDesc)> >(JavaThread*, long*)
          6.00% |libjvm.so          |[.] DefNewGeneration::collect
          5.00% |libc.so.6          |[.] __send
        """;

    private final Map<Part, Double> shares = shares();

    private static Map<Part, Double> shares() {
        try {
            return Shares.parse(REPORT).byPart();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aMethodBelongsToThePackageItIsInAndNotToThoseOfItsParameters() {
        assertEquals(10 / 80.0, shares.get(Part.SERVER), 1e-9);
        assertEquals(5 / 80.0, shares.get(Part.NETTY), 1e-9);
    }

    @Test
    void theKernelIsOnePart() {
        assertEquals(40 / 80.0, shares.get(Part.KERNEL), 1e-9);
    }

    @Test
    void virtualThreadsAreTheirOwnPartOfTheJdkAlsoWithinTheJvm() {
        assertEquals(7 / 80.0, shares.get(Part.VIRTUAL_THREADS), 1e-9);
        assertEquals(4 / 80.0, shares.get(Part.JDK), 1e-9);
    }

    @Test
    void whatIsLeftIsTheJvmsOrALibrarys() {
        assertEquals(9 / 80.0, shares.get(Part.JVM), 1e-9);
        assertEquals(5 / 80.0, shares.get(Part.LIBRARIES), 1e-9);
    }

    @Test
    void theSharesAddUpToOne() {
        assertEquals(
                1, shares.values().stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
    }

    @Test
    void aReportWithoutAnythingInItIsAnError() {
        assertThrows(IOException.class, () -> Shares.parse("# nothing\n"));
    }
}
