// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code `sorted`}, or {@code [/field,\field]} for a list of maps: one value, a sorted list. Without keys it sorts a list's items
 * or a map's names; with keys only a list. Raises on everything else.
 */
record Sorting(List<Key> keys) implements Path {
    Sorting {
        keys = List.copyOf(keys);
    }

    /** What to sort by; items that lack it, or have several of it, count as equal. */
    record Key(Path path, boolean descending) {}

    @Override
    public List<Spot> select(Spot at) {
        if (!isSortable(at)) {
            throw new JsonPathEvaluationException("sorting of " + PythonText.typeOf(at.value()));
        }
        List<@Nullable Object> items = new ArrayList<>(at.value() instanceof List<?> list ? list : names(at));
        PythonOrder.sort(items, keys.isEmpty() ? PythonOrder::less : this::less);
        return List.of(Spot.computed(items));
    }

    private boolean isSortable(Spot at) {
        return at.step() != Spot.Top.BARE
                && (at.value() instanceof List || (keys.isEmpty() && at.value() instanceof Map));
    }

    private static List<?> names(Spot at) {
        return at.value() instanceof Map<?, ?> map ? new ArrayList<>(map.keySet()) : List.of();
    }

    @Override
    public boolean selectsAny(Spot at) {
        at.requirePresent();
        return !isSortable(at) || !select(at).isEmpty();
    }

    private boolean less(@Nullable Object left, @Nullable Object right) {
        for (Key key : keys) {
            List<Spot> lefts = key.path.select(Spot.computed(left));
            List<Spot> rights = key.path.select(Spot.computed(right));
            if (lefts.size() == 1 && rights.size() == 1) {
                Object leftValue = present(lefts);
                Object rightValue = present(rights);
                if (!PythonOrder.equal(leftValue, rightValue)) {
                    return PythonOrder.less(leftValue, rightValue) != key.descending;
                }
            }
        }
        return false;
    }

    private static @Nullable Object present(List<Spot> one) {
        one.getFirst().requirePresent();
        return one.getFirst().value();
    }
}
