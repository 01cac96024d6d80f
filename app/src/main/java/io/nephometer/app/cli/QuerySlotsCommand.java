// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Column;
import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.model.Shortfall;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.DurationText;
import io.nephometer.store.ledger.MemberClash;
import io.nephometer.store.ledger.SlotQuery;
import io.nephometer.store.ledger.SlotRecord;
import io.nephometer.store.ledger.SlotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nephometer query slots}. */
@Command(
        name = "slots",
        description = "Slots of polling, those that are missing included, by source, interval, member and time.")
final class QuerySlotsCommand implements Callable<Integer> {
    /** What is shown unless something else is asked for: a large cloud has a slot for each host and minute. */
    private static final Duration LATELY = Duration.ofHours(24);

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

    @Option(names = "--source", paramLabel = "S", description = "Name of a polling source.")
    private @Nullable String source;

    @Option(names = "--member", paramLabel = "M", description = "Who measures: the host of a compute agent.")
    private @Nullable String member;

    @Option(names = "--interval", paramLabel = "DURATION", description = "Interval of the source, such as 300s or 5m.")
    private @Nullable Duration interval;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Slots that began at this time (ISO 8601, UTC) or later;"
                    + " those of the last 24 hours unless --from, --to or --limit is given.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Slots that began before this time.")
    private @Nullable String to;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "Only in these states: ${COMPLETION-CANDIDATES}; several with commas.")
    private List<SlotState> states = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; all of them unless given.")
    private @Nullable Long limit;

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        SlotQuery query = query();
        List<MemberClash> clashes = new ArrayList<>();
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            Listing.print(
                    format,
                    layout(),
                    spec.commandLine().getOut(),
                    rows -> reads.<SlotRecord>list(
                            (ledger, to) -> {
                                ledger.slots().slots(query, to);
                                clashes.clear();
                                clashes.addAll(ledger.slots().clashes());
                            },
                            rows));
        }
        clashes.forEach(this::tell);
        return ExitCode.DONE;
    }

    private void tell(MemberClash clash) {
        spec.commandLine()
                .getErr()
                .println("Two agents measure as " + clash.member() + ", begun "
                        + clash.earlier().began() + " and " + clash.later().began()
                        + ": their slots count as of one host. Give each a name of its own (compute.host).");
    }

    private SlotQuery query() throws CommandFailure {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit: " + limit + ": expected at least 1", null);
        }
        Instant earliest = TimeText.of("--from", from);
        Instant latest = TimeText.of("--to", to);
        TimeText.checkRange(earliest, latest);
        if (earliest == null && latest == null && limit == null) {
            earliest = WallClock.system().instant().minus(LATELY);
            spec.commandLine().getErr().println("Slots of the last 24 hours; --from TIME shows earlier ones.");
        }
        return new SlotQuery(source, member, interval, earliest, latest, Set.copyOf(states), limit);
    }

    private static Layout<SlotRecord> layout() {
        return new Layout<>(
                List.of(
                        Column.text("source", it -> it.slot().source()),
                        Column.text(
                                "interval", it -> DurationText.print(it.slot().interval())),
                        Column.text("member", SlotRecord::member),
                        Column.text("began", it -> WireForms.time(it.slot().start())),
                        Column.text("state", QuerySlotsCommand::state),
                        Column.number("samples", SlotRecord::samples),
                        Column.number("refused", SlotRecord::refused),
                        Column.text("parts", it -> it.parts() == 0 ? null : it.partsSeen() + "/" + it.parts()),
                        Column.text("late by", it -> late(it.lateBy())),
                        Column.text("reasons", QuerySlotsCommand::reasons)),
                QuerySlotsCommand::json);
    }

    private static String state(SlotRecord slot) {
        return slot.state().name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String late(@Nullable Duration lateBy) {
        return lateBy == null ? null : DurationText.print(Duration.ofSeconds(lateBy.toSeconds()));
    }

    private static String reasons(SlotRecord slot) {
        return slot.reasons().stream()
                .map(it -> it.reason() + (it.count() > 0 ? " (" + it.count() + ")" : "") + ": " + it.detail())
                .collect(Collectors.joining("; "));
    }

    private static Map<String, @Nullable Object> json(SlotRecord slot) {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("source", slot.slot().source());
        form.put("interval", slot.slot().interval().toSeconds());
        form.put("member", slot.member());
        form.put("began", WireForms.time(slot.slot().start()));
        form.put("state", state(slot));
        form.put("parts", slot.parts());
        form.put("parts_seen", slot.partsSeen());
        form.put("samples", slot.samples());
        form.put("refused", slot.refused());
        form.put("measured", timeOrNull(slot.measured()));
        form.put("first_committed", timeOrNull(slot.firstCommitted()));
        form.put("last_committed", timeOrNull(slot.lastCommitted()));
        Duration lateBy = slot.lateBy();
        form.put("late_by", lateBy == null ? null : lateBy.toMillis() / 1e3);
        form.put("reasons", slot.reasons().stream().map(QuerySlotsCommand::json).toList());
        return form;
    }

    private static Map<String, Object> json(Shortfall shortfall) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("reason", shortfall.reason());
        form.put("count", shortfall.count());
        form.put("detail", shortfall.detail());
        return form;
    }

    private static @Nullable String timeOrNull(@Nullable Instant time) {
        return time == null ? null : WireForms.time(time);
    }
}
