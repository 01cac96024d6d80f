// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The items that are wanted; each is looked at when it is asked for. */
final class Filtered implements Iterator<@Nullable Object> {
    private final Iterator<? extends @Nullable Object> items;
    private final Predicate<@Nullable Object> wanted;
    private boolean found;
    private @Nullable Object next;

    Filtered(Iterator<? extends @Nullable Object> items, Predicate<@Nullable Object> wanted) {
        this.items = items;
        this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
        while (!found && items.hasNext()) {
            next = items.next();
            found = wanted.test(next);
        }
        return found;
    }

    @Override
    public @Nullable Object next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        found = false;
        return next;
    }
}
