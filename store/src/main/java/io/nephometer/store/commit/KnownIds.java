// SPDX-License-Identifier: Apache-2.0
package io.nephometer.store.commit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * References that are known to be committed, the most recently used ones. Nothing enters before its commit: a reference of a
 * transaction that was rolled back may come to mean something else. Thread-safe.
 */
final class KnownIds<K> {
    private final int bound;

    @GuardedBy("this") private final Map<K, Long> ids = new LinkedHashMap<>(64, 0.75f, true);

    KnownIds(int bound) {
        this.bound = bound;
    }

    synchronized @Nullable Long get(K key) {
        return ids.get(key);
    }

    synchronized void putAll(Map<? extends K, Long> committed) {
        ids.putAll(committed);
        var eldest = ids.keySet().iterator();
        for (int excess = ids.size() - bound; excess > 0; excess--) {
            eldest.next();
            eldest.remove();
        }
    }

    synchronized void clear() {
        ids.clear();
    }
}
