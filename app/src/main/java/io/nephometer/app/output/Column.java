// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table or CSV file.
 *
 * @param name its heading
 * @param numeric whether it is aligned to the right
 * @param value its cell; null prints as nothing
 */
public record Column<T>(String name, boolean numeric, Function<T, @Nullable Object> value) {
    /** A column of text. */
    public static <T> Column<T> text(String name, Function<T, @Nullable Object> value) {
        return new Column<>(name, false, value);
    }

    /** A column of numbers. */
    public static <T> Column<T> number(String name, Function<T, @Nullable Object> value) {
        return new Column<>(name, true, value);
    }

    String cell(T row) {
        Object cell = value.apply(row);
        return cell == null ? "" : cell.toString();
    }
}
