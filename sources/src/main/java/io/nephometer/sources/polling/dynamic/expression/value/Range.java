// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The indexes of a slice. */
record Range(int from, int to, int step) {
    /** Of something with {@code size} items: negative numbers count from the end, and what is beyond it is cut off. */
    static Range of(int size, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
        int by = step == null ? 1 : number(step);
        if (by == 0) {
            throw new Fault(Fault.Kind.VALUE, "the step of a slice must not be zero");
        }
        int first = by > 0 ? 0 : -1;
        int last = by > 0 ? size : size - 1;
        return new Range(
                from == null ? (by > 0 ? first : last) : Math.clamp(counted(from, size), first, last),
                to == null ? (by > 0 ? last : first) : Math.clamp(counted(to, size), first, last),
                by);
    }

    private static long counted(Object index, int size) {
        long number = number(index);
        return number < 0 ? number + size : number;
    }

    private static int number(Object value) {
        if (!Types.isWhole(value)) {
            throw Fault.type("the bounds of a slice must be whole numbers, not " + Types.name(value));
        }
        return Numbers.index(value);
    }

    void forEach(IntConsumer index) {
        for (long i = from; step > 0 ? i < to : i > to; i += step) {
            index.accept((int) i);
        }
    }
}
