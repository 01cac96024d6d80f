// SPDX-License-Identifier: Apache-2.0
package io.nephometer.inventory.shared.refresh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Large numbers of things in small lists: so many as one call to the cache takes, and memory holds. */
final class Chunks {
    private static final int SIZE = 1000;

    private Chunks() {}

    static <T> List<List<T>> of(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += SIZE) {
            chunks.add(list.subList(from, Math.min(list.size(), from + SIZE)));
        }
        return chunks;
    }
}
