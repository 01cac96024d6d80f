// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.TableSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer store size}. */
@Command(
        name = "size",
        description =
                "Rows and bytes of each table, indexes included. Counts the rows: takes a while on a large ledger.")
final class StoreSizeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() throws CommandFailure {
        try (LedgerView ledger = store.openReadOnly()) {
            Listing.print(format, layout(), spec.commandLine().getOut(), rows -> withTotal(ledger.sizes())
                    .forEach(rows));
        }
        return ExitCode.DONE;
    }

    private static List<TableSize> withTotal(List<TableSize> sizes) {
        long rows = sizes.stream().mapToLong(TableSize::rows).sum();
        long bytes = sizes.stream().mapToLong(TableSize::bytes).sum();
        List<TableSize> all = new ArrayList<>(sizes);
        all.add(new TableSize("total", rows, bytes));
        return all;
    }

    private static Layout<TableSize> layout() {
        return new Layout<>(
                List.of(
                        Column.text("table", TableSize::table),
                        Column.number("rows", TableSize::rows),
                        Column.number("bytes", TableSize::bytes),
                        Column.number("bytes per row", StoreSizeCommand::perRow)),
                StoreSizeCommand::json);
    }

    private static @Nullable Object perRow(TableSize size) {
        return size.rows() == 0 ? null : Math.round((double) size.bytes() / size.rows());
    }

    private static Map<String, @Nullable Object> json(TableSize size) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("table", size.table());
        form.put("rows", size.rows());
        form.put("bytes", size.bytes());
        form.put("bytes_per_row", perRow(size));
        return form;
    }
}
