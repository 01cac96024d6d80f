// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.output;

import java.io.PrintWriter;

/**
 * Prints things one after the other, without ever holding all of them. Closing prints what is held back and flushes; it does
 * not close what it prints to.
 */
public interface RowWriter<T> extends AutoCloseable {
    void write(T row);

    @Override
    void close();

    /** Whether the reader has gone away (a closed pipe, as of {@code head}), so that going on is of no use. */
    boolean isAbandoned();

    /** A writer of a format. */
    static <T> RowWriter<T> open(OutputFormat format, Layout<T> layout, PrintWriter out, Terminal terminal) {
        return switch (format) {
            case TABLE -> new TableWriter<>(layout.columns(), out, terminal);
            case JSONL -> new JsonLinesWriter<>(layout.json(), out);
            case CSV -> new CsvWriter<>(layout.columns(), out);
        };
    }
}
