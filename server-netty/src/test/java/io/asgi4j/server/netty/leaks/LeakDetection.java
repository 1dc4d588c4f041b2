package io.asgi4j.server.netty.leaks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which Netty reports a buffer that was never released.
 *
 * <p>JUnit finds it through {@code META-INF/services} and makes it before it runs a test, hence before Netty makes its
 * detectors.
 */
public final class LeakDetection implements AfterAllCallback {
    private static final long COLLECTION_LIMIT_MILLIS = 10_000;
    private static final ConcurrentLinkedQueue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // abstract, so there is no way round it
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int samplingInterval, long maxActive) {
                return new Detector<>(resource, samplingInterval);
            }
        });
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        assertEquals(List.of(), takeLeaks(), "leaked until the end of " + context.getDisplayName());
    }

    /** Collects the garbage and returns Netty's reports of what it found there since the last call. */
    static List<String> takeLeaks() throws InterruptedException {
        // References reach their queues some time after a collection, those of one before those of the next.
        awaitCollection();
        awaitCollection();
        // Netty looks for leaked buffers when it makes the next one.
        UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();

        var leaks = new ArrayList<String>();
        for (var leak = LEAKS.poll(); leak != null; leak = LEAKS.poll()) {
            leaks.add(leak);
        }
        return leaks;
    }

    private static void awaitCollection() throws InterruptedException {
        var collected = new ReferenceQueue<>();
        var garbage = new WeakReference<>(new Object(), collected);
        System.gc();
        assertNotNull(collected.remove(COLLECTION_LIMIT_MILLIS), () -> garbage + " should have been collected");
    }

    /** Collects reports instead of logging them. */
    private static final class Detector<T> extends ResourceLeakDetector<T> {
        private Detector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }
}
