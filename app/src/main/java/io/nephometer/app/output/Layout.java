// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How things of one kind are printed.
 *
 * @param columns for tables and CSV
 * @param json for JSON lines: the object as plain values
 */
public record Layout<T>(List<Column<T>> columns, Function<T, Map<String, @Nullable Object>> json) {
    public Layout {
        columns = List.copyOf(columns);
    }
}
