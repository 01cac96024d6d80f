// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns. The first rows are held back to find the widths; later rows are printed at once, in these widths. On a
 * terminal no line is wider than it: the widest columns give way, and a cut cell ends with an ellipsis. In a pipe nothing is
 * cut. Control characters are shown as dots, since what comes from a bus must not steer a terminal.
 */
final class TableWriter<T> implements RowWriter<T> {
    /** Rows held back at most. */
    static final int WINDOW = 200;

    private static final String GAP = "  ";
    private static final int LEAST_WIDTH = 6;

    private final List<Column<T>> columns;
    private final PrintWriter out;
    private final Terminal terminal;
    private final List<List<String>> window = new ArrayList<>();
    private int[] widths = {};

    TableWriter(List<Column<T>> columns, PrintWriter out, Terminal terminal) {
        this.columns = columns;
        this.out = out;
        this.terminal = terminal;
        window.add(columns.stream().map(Column::name).toList());
    }

    @Override
    public void write(T row) {
        List<String> cells =
                columns.stream().map(column -> visible(column.cell(row))).toList();
        if (widths.length > 0) {
            print(cells);
            return;
        }
        window.add(cells);
        if (window.size() > WINDOW) {
            release();
        }
    }

    private void release() {
        widths = widths();
        window.forEach(this::print);
        window.clear();
    }

    private int[] widths() {
        int[] natural = new int[columns.size()];
        for (List<String> cells : window) {
            for (int i = 0; i < natural.length; i++) {
                natural[i] = Math.max(natural[i], length(cells.get(i)));
            }
        }
        if (terminal.out()) {
            shrink(natural, terminal.columns() - GAP.length() * (natural.length - 1));
        }
        return natural;
    }

    private static void shrink(int[] widths, int room) {
        int sum = 0;
        for (int width : widths) {
            sum += width;
        }
        while (sum > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= LEAST_WIDTH) {
                return;
            }
            widths[widest]--;
            sum--;
        }
    }

    private void print(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = terminal.out() ? cut(cells.get(i), widths[i]) : cells.get(i);
            String padding = " ".repeat(Math.max(0, widths[i] - length(cell)));
            line.append(columns.get(i).numeric() ? padding + cell : cell + padding)
                    .append(GAP);
        }
        out.println(line.toString().stripTrailing());
    }

    private static String cut(String cell, int width) {
        return length(cell) <= width ? cell : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static String visible(String cell) {
        StringBuilder shown = new StringBuilder(cell.length());
        cell.codePoints().map(c -> isSteering(c) ? '·' : c).forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isSteering(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    @Override
    public boolean isAbandoned() {
        return out.checkError();
    }

    @Override
    public void close() {
        if (widths.length == 0) {
            release();
        }
        out.flush();
    }
}
