// SPDX-License-Identifier: Apache-2.0
package io.nephometer.pipeline.jsonpath;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code left sign right} over the values of both sides. Two paths are combined pairwise if they find equally many; a type that
 * the sign does not take leaves nothing at all.
 */
record Arithmetic(Operand left, Sign sign, Operand right) implements Path {
    /** The operations. */
    enum Sign {
        PLUS,
        MINUS,
        TIMES;

        @Nullable Object apply(@Nullable Object left, @Nullable Object right) {
            return switch (this) {
                case PLUS -> PythonNumber.add(left, right);
                case MINUS -> PythonNumber.subtract(left, right);
                case TIMES -> PythonNumber.multiply(left, right);
            };
        }
    }

    @Override
    public List<Spot> select(Spot at) {
        List<Spot> lefts = spots(left, at);
        List<Spot> rights = spots(right, at);
        if (left instanceof Path && right instanceof Path && lefts.size() != rights.size()) {
            return List.of();
        }
        int count = left instanceof Path ? lefts.size() : rights.size();
        List<Spot> found = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Object result = apply(lefts.get(left instanceof Path ? i : 0), rights.get(right instanceof Path ? i : 0));
            if (result == null) {
                return List.of();
            }
            found.add(Spot.computed(result));
        }
        return found;
    }

    private @Nullable Object apply(Spot leftSpot, Spot rightSpot) {
        leftSpot.requirePresent();
        rightSpot.requirePresent();
        return sign.apply(leftSpot.value(), rightSpot.value());
    }

    private static List<Spot> spots(Operand operand, Spot at) {
        return switch (operand) {
            case Constant(Object value) -> List.of(Spot.computed(value));
            case Path path -> path.select(at);
        };
    }
}
