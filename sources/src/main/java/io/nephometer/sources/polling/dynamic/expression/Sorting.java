// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import io.nephometer.sources.polling.dynamic.expression.value.Budget;
import io.nephometer.sources.polling.dynamic.expression.value.Comparing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sorts by merging: equal items keep their order, also in reverse. Java's own sort demands an order that contradicts itself nowhere,
 * which numbers that are NaN do not have.
 */
final class Sorting {
    private final Budget budget;
    private final boolean reverse;

    Sorting(Budget budget, boolean reverse) {
        this.budget = budget;
        this.reverse = reverse;
    }

    private record Item(@Nullable Object value, @Nullable Object key) {}

    List<@Nullable Object> sorted(List<@Nullable Object> values, UnaryOperator<@Nullable Object> key) {
        List<Item> items = new ArrayList<>();
        for (Object value : values) {
            items.add(new Item(value, key.apply(value)));
        }
        List<@Nullable Object> sorted = new ArrayList<>();
        for (Item item : merged(items)) {
            sorted.add(item.value);
        }
        return Collections.unmodifiableList(sorted);
    }

    private List<Item> merged(List<Item> items) {
        if (items.size() < 2) {
            return items;
        }
        int middle = items.size() / 2;
        List<Item> left = merged(items.subList(0, middle));
        List<Item> right = merged(items.subList(middle, items.size()));
        List<Item> merged = new ArrayList<>(items.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            merged.add(isBefore(right.get(r), left.get(l)) ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }

    private boolean isBefore(Item a, Item b) {
        budget.step();
        return reverse ? Comparing.ordered("<", b.key, a.key, budget) : Comparing.ordered("<", a.key, b.key, budget);
    }
}
