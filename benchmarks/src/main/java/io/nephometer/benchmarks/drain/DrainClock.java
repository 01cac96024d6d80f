// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.drain;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.benchmarks.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures a consumer from its first message until the last is settled, and the second half of the messages on its own: by
 * then the JVM has compiled what it runs often. Thread-safe.
 */
final class DrainClock {
    private final int messages;
    private final CountDownLatch finished = new CountDownLatch(1);

    @GuardedBy("this") private int settled;

    @GuardedBy("this") private long begin;

    @GuardedBy("this") private long half;

    @GuardedBy("this") private int atHalf;

    @GuardedBy("this") private long end;

    @GuardedBy("this") private double cpuAtBegin;

    DrainClock(int messages) {
        this.messages = messages;
    }

    /** The first message is here; later calls do nothing. */
    synchronized void begin() {
        if (begin == 0) {
            cpuAtBegin = Usage.now().cpuSeconds();
            begin = System.nanoTime();
        }
    }

    /** So many more are settled. */
    synchronized void settle(int more) {
        settled += more;
        if (half == 0 && settled >= messages / 2) {
            half = System.nanoTime();
            atHalf = settled;
        }
        if (settled >= messages && end == 0) {
            end = System.nanoTime();
            finished.countDown();
        }
    }

    /** Waits until all are settled. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        return finished.await(seconds, TimeUnit.SECONDS);
    }

    /** What was measured; to be called after the end. */
    synchronized Map<String, @Nullable Object> figures() {
        Usage usage = Usage.now();
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("settled", (long) settled);
        figures.put("seconds", (end - begin) / 1e9);
        figures.put("per_s", messages * 1e9 / (end - begin));
        figures.put("per_s_second_half", (messages - atHalf) * 1e9 / Math.max(1, end - half));
        figures.put("cpu_s", usage.cpuSeconds() - cpuAtBegin);
        figures.put("peak_rss_mib", usage.peakRssMib());
        figures.put("peak_heap_mib", usage.peakHeapMib());
        return figures;
    }
}
