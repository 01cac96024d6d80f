// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.PendingSamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer query pending}. */
@Command(
        name = "pending",
        description =
                "Samples that were committed before anybody knew what they are of, and are to be completed or were given up.")
final class QueryPendingCommand implements Callable<Integer> {
    private static final int PAGE = 1_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReadingOption store;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            Listing.print(
                    format,
                    layout(),
                    spec.commandLine().getOut(),
                    rows -> reads.<PendingSamples>list(QueryPendingCommand::all, rows));
        }
        return ExitCode.DONE;
    }

    private static void all(LedgerView ledger, Consumer<? super PendingSamples> to) {
        long after = 0;
        List<PendingSamples> page = ledger.pending().list(after, PAGE, true);
        while (!page.isEmpty()) {
            page.forEach(to);
            after = page.getLast().id();
            page = ledger.pending().list(after, PAGE, true);
        }
    }

    private static Layout<PendingSamples> layout() {
        return new Layout<>(
                List.of(
                        Column.text("instance", PendingSamples::instance),
                        Column.text("resource", pending -> String.valueOf(pending.resource())),
                        Column.text("as of", pending -> WireForms.time(pending.asOf())),
                        Column.text("since", pending -> WireForms.time(pending.since())),
                        Column.text("state", QueryPendingCommand::state)),
                QueryPendingCommand::json);
    }

    private static String state(PendingSamples pending) {
        return pending.givenUp() == null ? "waits" : "given up " + WireForms.time(pending.givenUp());
    }

    private static Map<String, @Nullable Object> json(PendingSamples pending) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("instance", pending.instance());
        form.put("resource", pending.resource());
        form.put("as_of", WireForms.time(pending.asOf()));
        form.put("since", WireForms.time(pending.since()));
        form.put("given_up", pending.givenUp() == null ? null : WireForms.time(pending.givenUp()));
        return form;
    }
}
