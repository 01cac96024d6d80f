// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.RecordedGap;
import java.time.Instant;
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

/** {@code nephometer query gaps}. */
@Command(
        name = "gaps",
        description =
                "Stretches of time in which a source lost messages, or may have lost some, by the time they began.")
final class QueryGapsCommand implements Callable<Integer> {
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

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Gaps that lasted at this time (ISO 8601, UTC) or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Gaps that began before this time.")
    private @Nullable String to;

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        Instant earliest = TimeText.of("--from", from);
        Instant latest = TimeText.of("--to", to);
        TimeText.checkRange(earliest, latest);
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            Listing.print(
                    format,
                    layout(),
                    spec.commandLine().getOut(),
                    rows -> reads.<RecordedGap>list(
                            (ledger, to) -> ledger.gaps().gaps(earliest, latest, to), rows));
        }
        return ExitCode.DONE;
    }

    private static Layout<RecordedGap> layout() {
        return new Layout<>(
                List.of(
                        Column.text("began", QueryGapsCommand::began),
                        Column.text("ended", gap -> gap.ended() == null ? "lasts" : WireForms.time(gap.ended())),
                        Column.text("source", gap -> gap.key().source()),
                        Column.text("kind", QueryGapsCommand::kind),
                        Column.text("subject", gap -> gap.key().subject()),
                        Column.number("lost", QueryGapsCommand::lost),
                        Column.text("detail", RecordedGap::detail)),
                QueryGapsCommand::json);
    }

    private static String began(RecordedGap gap) {
        return (gap.beganEarlier() ? "before " : "") + WireForms.time(gap.key().began());
    }

    private static String kind(RecordedGap gap) {
        return gap.key().kind().toLowerCase(Locale.ROOT);
    }

    private static String lost(RecordedGap gap) {
        return gap.lost() == null ? "unknown" : (gap.atLeast() ? ">= " : "") + gap.lost();
    }

    private static Map<String, @Nullable Object> json(RecordedGap gap) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("began", WireForms.time(gap.key().began()));
        form.put("began_earlier", gap.beganEarlier());
        form.put("ended", gap.ended() == null ? null : WireForms.time(gap.ended()));
        form.put("source", gap.key().source());
        form.put("kind", kind(gap));
        form.put("subject", gap.key().subject());
        form.put("lost", gap.lost());
        form.put("at_least", gap.atLeast());
        form.put("detail", gap.detail());
        return form;
    }
}
