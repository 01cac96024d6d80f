// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.store.ledger.CleanupView.Entry;
import io.nephometer.store.ledger.LedgerView;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer audit pending}. */
@Command(
        name = "pending",
        description =
                "Instances that should be gone and are not, by host: why, how often that was found, and whether it was"
                        + " given up. Nothing of Nova's is removed.")
final class AuditPendingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private StoreOption store;

    @Option(names = "--all", description = "Also those of which nothing is left.")
    private boolean all;

    @Option(
            names = "--format",
            defaultValue = "table",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.TABLE;

    @Override
    public Integer call() throws CommandFailure {
        try (LedgerView ledger = store.openReadOnly()) {
            Listing.print(format, layout(), spec.commandLine().getOut(), rows -> ledger.cleanups().entries().stream()
                    .filter(entry -> all || entry.settled() == null)
                    .sorted(Comparator.comparing(AuditPendingCommand::host)
                            .thenComparing(entry -> entry.target().instance())
                            .thenComparing(entry -> entry.target().kind()))
                    .forEach(rows));
        }
        return ExitCode.DONE;
    }

    private static Layout<Entry> layout() {
        return new Layout<>(
                List.of(
                        Column.text("host", AuditPendingCommand::host),
                        Column.text("instance", entry -> entry.target().instance()),
                        Column.text("kind", AuditPendingCommand::kind),
                        Column.text("state", AuditPendingCommand::state),
                        Column.number("attempts", Entry::attempts),
                        Column.text("first_seen", entry -> WireForms.time(entry.firstSeen())),
                        Column.text("last_tried", entry -> WireForms.time(entry.lastTried())),
                        Column.text("detail", Entry::detail)),
                AuditPendingCommand::json);
    }

    private static String host(Entry entry) {
        return Objects.requireNonNullElse(entry.target().host(), "");
    }

    private static String kind(Entry entry) {
        return entry.target().kind().name().toLowerCase(Locale.ROOT);
    }

    private static String state(Entry entry) {
        return entry.settled() != null ? "settled" : entry.givenUp() != null ? "given_up" : "open";
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : WireForms.time(time);
    }

    private static Map<String, @Nullable Object> json(Entry entry) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("host", entry.target().host());
        form.put("instance", entry.target().instance());
        form.put("kind", kind(entry));
        form.put("state", state(entry));
        form.put("attempts", entry.attempts());
        form.put("first_seen", time(entry.firstSeen()));
        form.put("last_tried", time(entry.lastTried()));
        form.put("given_up", time(entry.givenUp()));
        form.put("settled", time(entry.settled()));
        form.put("detail", entry.detail());
        return form;
    }
}
