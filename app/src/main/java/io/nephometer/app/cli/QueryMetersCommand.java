// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.MeterSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code nephometer query meters}. */
@Command(name = "meters", description = "Meters that have samples.")
final class QueryMetersCommand extends Query<MeterSummary> {
    @Override
    Layout<MeterSummary> layout() {
        return new Layout<>(
                List.of(
                        Column.text("meter", summary -> summary.meter().name()),
                        Column.text("type", summary -> summary.meter().type().wireName()),
                        Column.text("unit", summary -> summary.meter().unit()),
                        Column.number("samples", MeterSummary::samples),
                        Column.text("first sample", summary -> WireForms.time(summary.first())),
                        Column.text("last sample", summary -> WireForms.time(summary.last()))),
                QueryMetersCommand::json);
    }

    private static Map<String, @Nullable Object> json(MeterSummary summary) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("name", summary.meter().name());
        form.put("type", summary.meter().type().wireName());
        form.put("unit", summary.meter().unit());
        form.put("samples", summary.samples());
        form.put("first_sample_timestamp", WireForms.offsetTime(summary.first()));
        form.put("last_sample_timestamp", WireForms.offsetTime(summary.last()));
        return form;
    }

    @Override
    void ask(LedgerView ledger, LedgerQuery query, Consumer<? super MeterSummary> to) {
        ledger.reader().meters(query, to);
    }
}
