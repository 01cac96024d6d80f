// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.store.ledger.AuditView.Run;
import io.nephometer.store.ledger.LedgerView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer audit list}. */
@Command(
        name = "list",
        description =
                "Audits that were begun, the latest periods first: how they stand, who does or did them, where the"
                        + " inventory was read, and up to when it was complete there.")
final class AuditListCommand implements Callable<Integer> {
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
                    .runs(rows));
        }
        return ExitCode.DONE;
    }

    private static Layout<Run> layout() {
        return new Layout<>(
                List.of(
                        Column.text(
                                "begin",
                                run -> WireForms.time(run.key().period().begin())),
                        Column.text(
                                "end", run -> WireForms.time(run.key().period().end())),
                        Column.text("task", run -> run.key().task()),
                        Column.text("scope", run -> run.key().scope()),
                        Column.text("state", AuditListCommand::state),
                        Column.number("items", Run::items),
                        Column.number("errors", Run::errors),
                        Column.number("unsure", Run::unsure),
                        Column.text("owner", Run::owner),
                        Column.text("source", Run::source),
                        Column.text("watermark", run -> WireForms.time(run.watermark())),
                        Column.text("message", Run::message)),
                AuditListCommand::json);
    }

    private static String state(Run run) {
        return run.state().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> json(Run run) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("begin", WireForms.time(run.key().period().begin()));
        form.put("end", WireForms.time(run.key().period().end()));
        form.put("task", run.key().task());
        form.put("scope", run.key().scope());
        form.put("state", state(run));
        form.put("owner", run.owner());
        form.put("attempt", run.attempt());
        form.put("lease_until", WireForms.time(run.leaseUntil()));
        form.put("began", WireForms.time(run.began()));
        form.put("ended", run.ended() == null ? null : WireForms.time(run.ended()));
        form.put("position", run.position());
        form.put("items", run.items());
        form.put("errors", run.errors());
        form.put("unsure", run.unsure());
        form.put("message", run.message());
        form.put("source", run.source());
        form.put("watermark", WireForms.time(run.watermark()));
        return form;
    }
}
