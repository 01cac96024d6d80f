// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerReader.Grouping;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.MeterStatistics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nephometer query statistics}. */
@Command(name = "statistics", description = "Count, minimum, maximum, sum, average and duration of each meter.")
final class QueryStatisticsCommand extends Query<MeterStatistics> {
    @Option(
            names = "--group-by",
            split = ",",
            paramLabel = "BY",
            description = "One row for each of these: ${COMPLETION-CANDIDATES}; several with commas.")
    private List<Grouping> groupBy = List.of();

    @Override
    Layout<MeterStatistics> layout() {
        return new Layout<>(
                List.of(
                        Column.text("meter", figures -> figures.meter().name()),
                        Column.text("unit", figures -> figures.meter().unit()),
                        Column.text("resource", MeterStatistics::resourceId),
                        Column.text("project", MeterStatistics::projectId),
                        Column.text("user", MeterStatistics::userId),
                        Column.number("count", MeterStatistics::count),
                        Column.number("min", MeterStatistics::min),
                        Column.number("max", MeterStatistics::max),
                        Column.number("sum", MeterStatistics::sum),
                        Column.number("avg", MeterStatistics::average),
                        Column.number("seconds", QueryStatisticsCommand::seconds)),
                QueryStatisticsCommand::json);
    }

    private static Map<String, @Nullable Object> json(MeterStatistics figures) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("name", figures.meter().name());
        form.put("type", figures.meter().type().wireName());
        form.put("unit", figures.meter().unit());
        form.put("resource_id", figures.resourceId());
        form.put("project_id", figures.projectId());
        form.put("user_id", figures.userId());
        form.put("count", figures.count());
        form.put("min", figures.min());
        form.put("max", figures.max());
        form.put("sum", figures.sum());
        form.put("avg", figures.average());
        form.put("duration", seconds(figures));
        form.put("duration_start", WireForms.offsetTime(figures.first()));
        form.put("duration_end", WireForms.offsetTime(figures.last()));
        return form;
    }

    private static double seconds(MeterStatistics figures) {
        return figures.duration().toMillis() / 1000.0;
    }

    @Override
    void ask(LedgerView ledger, LedgerQuery query, Consumer<? super MeterStatistics> to) {
        Set<Grouping> groups = EnumSet.noneOf(Grouping.class);
        groups.addAll(groupBy);
        ledger.reader().statistics(query, groups, to);
    }
}
