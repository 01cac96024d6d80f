// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.run;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.nephometer.runtime.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers to further requests, for as long as their definitions say and while there is room. Thread-safe. */
final class AnswerCache {
    /** Of all bodies together. */
    static final long MOST_BYTES = 16L << 20;

    private static final int MOST_ANSWERS = 10_000;

    private final Ticker ticker;
    private final Object lock = new Object();

    /** The one not used for longest first. */
    @GuardedBy("lock") private final Map<String, Kept> answers = new LinkedHashMap<>(16, 0.75f, true);

    @GuardedBy("lock") private long bytes;

    AnswerCache(Ticker ticker) {
        this.ticker = ticker;
    }

    @SuppressWarnings("ArrayRecordComponent") // is handed on, not compared
    private record Kept(byte[] body, long until) {}

    byte @Nullable [] get(String key) {
        synchronized (lock) {
            Kept kept = answers.get(key);
            if (kept != null && ticker.nanos() - kept.until < 0) {
                return kept.body;
            }
            if (kept != null) {
                answers.remove(key);
                bytes -= kept.body.length;
            }
            return null;
        }
    }

    void put(String key, byte[] body, Duration lifetime) {
        if (lifetime.isZero() || body.length > MOST_BYTES / 4) {
            return;
        }
        synchronized (lock) {
            Kept before = answers.put(key, new Kept(body, ticker.nanos() + lifetime.toNanos()));
            bytes += body.length - (before == null ? 0 : before.body.length);
            Iterator<Kept> oldest = answers.values().iterator();
            while (bytes > MOST_BYTES || answers.size() > MOST_ANSWERS) {
                bytes -= oldest.next().body.length;
                oldest.remove();
            }
        }
    }
}
