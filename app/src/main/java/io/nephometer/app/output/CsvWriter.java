// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values; the header is printed even if no row follows. */
final class CsvWriter<T> implements RowWriter<T> {
    private final List<Column<T>> columns;
    private final PrintWriter out;

    CsvWriter(List<Column<T>> columns, PrintWriter out) {
        this.columns = columns;
        this.out = out;
        line(columns.stream().map(Column::name).toList());
    }

    @Override
    public void write(T row) {
        line(columns.stream().map(column -> column.cell(row)).toList());
    }

    private void line(List<String> cells) {
        out.print(cells.stream().map(CsvWriter::quoted).collect(Collectors.joining(",")));
        out.print('\n');
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public boolean isAbandoned() {
        return out.checkError();
    }

    @Override
    public void close() {
        out.flush();
    }
}
