// SPDX-License-Identifier: Apache-2.0
package io.nephometer.e2e.cloud.check;

import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.app.output.RowWriter;
import io.nephometer.app.output.Terminal;
import io.nephometer.runtime.json.Json;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check found.
 *
 * @param isClean whether both say the same
 * @param lines differences one by one, as far as they are shown
 * @param summary figures, in order
 */
public record Verdict(boolean isClean, Table<?> table, List<String> lines, Map<String, Object> summary) {
    /** How many differences of a kind are shown. */
    public static final int SHOWN = 20;

    public Verdict {
        lines = List.copyOf(lines);
        summary = Collections.unmodifiableMap(new LinkedHashMap<>(summary));
    }

    /** Rows, and how they are printed. */
    public record Table<R>(Layout<R> layout, List<R> rows) {
        public Table {
            rows = List.copyOf(rows);
        }

        private void print(PrintWriter out) {
            try (RowWriter<R> writer = RowWriter.open(OutputFormat.TABLE, layout, out, Terminal.NONE)) {
                rows.forEach(writer::write);
            }
        }
    }

    void print(PrintWriter out) {
        table.print(out);
        lines.forEach(out::println);
        out.println(Json.write(summary));
    }
}
