// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.cache;

import java.util.concurrent.atomic.LongAdder;

/** Counts questions of readers. Thread-safe. */
public final class ReadCount {
    private final Pair instances = new Pair();
    private final Pair flavors = new Pair();
    private final Pair images = new Pair();

    private static final class Pair {
        private final LongAdder hits = new LongAdder();
        private final LongAdder misses = new LongAdder();

        void count(boolean hit) {
            (hit ? hits : misses).increment();
        }

        CacheReport.Stock stock(int entries, int absent, int bound) {
            return new CacheReport.Stock(entries, absent, bound, hits.sum(), misses.sum());
        }
    }

    public void instances(boolean hit) {
        instances.count(hit);
    }

    public void flavors(boolean hit) {
        flavors.count(hit);
    }

    public void images(boolean hit) {
        images.count(hit);
    }

    public CacheReport.Stock instances(int entries, int bound) {
        return instances.stock(entries, 0, bound);
    }

    public CacheReport.Stock flavors(int entries, int absent, int bound) {
        return flavors.stock(entries, absent, bound);
    }

    public CacheReport.Stock images(int entries, int absent, int bound) {
        return images.stock(entries, absent, bound);
    }
}
