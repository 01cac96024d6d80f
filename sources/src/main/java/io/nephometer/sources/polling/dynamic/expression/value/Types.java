// SPDX-License-Identifier: Apache-2.0
package io.nephometer.sources.polling.dynamic.expression.value;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values are: their type, and whether they count as true. */
public final class Types {
    private Types() {}

    /** The name of its type in Python, as messages say it. */
    public static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean _ -> "bool";
            case Long _, BigInteger _ -> "int";
            case Double _ -> "float";
            case String _ -> "str";
            case List<?> _ -> "list";
            case Map<?, ?> _ -> "dict";
            case Tuple _ -> "tuple";
            case View view -> view.name();
            case Iteration iteration -> iteration.name();
            default -> "function";
        };
    }

    /** Whether it counts as true: not null, false, zero or empty. */
    public static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case BigInteger number -> number.signum() != 0;
            case Double number -> number != 0.0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Tuple tuple -> !tuple.items().isEmpty();
            case View view -> !view.items().isEmpty();
            default -> true;
        };
    }

    /** Whether it is a number; true and false count as 1 and 0. */
    public static boolean isNumber(@Nullable Object value) {
        return value instanceof Boolean || value instanceof Number;
    }

    /** Whether it is a number without fraction. */
    public static boolean isWhole(@Nullable Object value) {
        return value instanceof Boolean || value instanceof Long || value instanceof BigInteger;
    }
}
