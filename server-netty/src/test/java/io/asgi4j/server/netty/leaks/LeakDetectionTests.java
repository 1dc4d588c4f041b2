package io.asgi4j.server.netty.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakDetectionTests {
    @Test
    void aBufferThatNobodyReleasesIsReportedOnceWithItsLastUse() throws InterruptedException {
        leak(ByteBufAllocator.DEFAULT);

        var leaks = LeakDetection.takeLeaks();

        assertEquals(1, leaks.size());
        assertTrue(leaks.getFirst().contains("last use"), leaks.getFirst());
        assertEquals(List.of(), LeakDetection.takeLeaks());
    }

    @Test
    void buffersOfEveryAllocatorAreWatched() throws InterruptedException {
        leak(UnpooledByteBufAllocator.DEFAULT);
        leak(PooledByteBufAllocator.DEFAULT);

        assertEquals(2, LeakDetection.takeLeaks().size());
    }

    @Test
    void aReleasedBufferIsNoLeak() throws InterruptedException {
        ByteBufAllocator.DEFAULT.buffer().release();

        assertEquals(List.of(), LeakDetection.takeLeaks());
    }

    private static void leak(ByteBufAllocator allocator) {
        allocator.directBuffer().touch("last use");
    }
}
