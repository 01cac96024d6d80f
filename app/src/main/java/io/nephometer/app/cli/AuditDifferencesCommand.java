// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.store.ledger.AuditView.Difference;
import io.nephometer.store.ledger.LedgerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer audit differences}. */
@Command(
        name = "differences",
        description = "Instances and periods that Nova's audit and ours told differently: what was metered, and what"
                + " the other said. Each is metered once all the same.")
final class AuditDifferencesCommand implements Callable<Integer> {
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
            Listing.print(format, layout(), spec.commandLine().getOut(), rows -> ledger.audits()
                    .differences(rows));
        }
        return ExitCode.DONE;
    }

    private static Layout<Difference> layout() {
        return new Layout<>(
                List.of(
                        Column.text(
                                "begin", found -> WireForms.time(found.period().begin())),
                        Column.text(
                                "end", found -> WireForms.time(found.period().end())),
                        Column.text("resource", Difference::resource),
                        Column.text("differences", AuditDifferencesCommand::text),
                        Column.text("metered", Difference::metered),
                        Column.text("other", Difference::other)),
                AuditDifferencesCommand::json);
    }

    private static String text(Difference found) {
        return found.traits().stream()
                .map(trait -> trait.name() + ": " + shown(trait.metered()) + " / " + shown(trait.other()))
                .collect(Collectors.joining("; "));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "none" : value;
    }

    private static Map<String, @Nullable Object> json(Difference found) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("begin", WireForms.time(found.period().begin()));
        form.put("end", WireForms.time(found.period().end()));
        form.put("resource", found.resource());
        form.put("metered", found.metered());
        form.put("other", found.other());
        form.put("others", found.others());
        List<Map<String, @Nullable Object>> traits = new ArrayList<>();
        for (Difference.Trait trait : found.traits()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", trait.name());
            one.put("metered", trait.metered());
            one.put("other", trait.other());
            traits.add(one);
        }
        form.put("traits", traits);
        return form;
    }
}
