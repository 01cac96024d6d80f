// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.model.Sample;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code nephometer query samples}. */
@Command(name = "samples", description = "Samples with the metadata of their resource, by the time they were measured.")
final class QuerySamplesCommand extends Query<Sample> {
    @Override
    Layout<Sample> layout() {
        return new Layout<>(
                List.of(
                        Column.text("timestamp", sample -> WireForms.time(sample.timestamp())),
                        Column.text("meter", sample -> sample.meter().name()),
                        Column.number("volume", Sample::volume),
                        Column.text("unit", sample -> sample.meter().unit()),
                        Column.text("type", sample -> sample.meter().type().wireName()),
                        Column.text("resource", Sample::resourceId),
                        Column.text("project", Sample::projectId),
                        Column.text("user", Sample::userId)),
                WireForms::sample);
    }

    @Override
    void ask(LedgerView ledger, LedgerQuery query, Consumer<? super Sample> to) {
        ledger.reader().samples(query, to);
    }
}
