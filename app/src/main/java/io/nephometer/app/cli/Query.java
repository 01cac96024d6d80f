// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.output.Layout;
import io.nephometer.app.output.OutputFormat;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.ledger.LedgerQuery;
import io.nephometer.store.ledger.LedgerView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What all questions to a ledger have in common: the store, the restrictions, and how answers are printed.
 *
 * @param <T> what is asked for
 */
abstract class Query<T> implements Callable<Integer> {
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

    @Option(names = "--type", paramLabel = "T", description = "Event type; * and ? are wildcards.")
    private @Nullable String type;

    @Option(names = "--meter", paramLabel = "M", description = "Name of a meter; * and ? are wildcards.")
    private @Nullable String meter;

    @Option(names = "--resource", paramLabel = "R", description = "Id of a resource.")
    private @Nullable String resource;

    @Option(names = "--project", paramLabel = "P", description = "Id of a project.")
    private @Nullable String project;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Earliest time (ISO 8601, UTC unless it says otherwise), included.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Latest time, excluded.")
    private @Nullable String to;

    @Option(
            names = "--trait",
            paramLabel = "K=V",
            description = "Events with this value of this trait; may be repeated.")
    private Map<String, String> traits = new LinkedHashMap<>();

    @Option(
            names = "--metadata",
            paramLabel = "K=V",
            description = "Resource metadata with this value; dots lead to what is inside; may be repeated.")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "--as-of", paramLabel = "TIME", description = "Resources as they were known at this time.")
    private @Nullable String asOf;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many; all of them unless given.")
    private @Nullable Long limit;

    /** How one answer is printed. */
    abstract Layout<T> layout();

    /** Asks. */
    abstract void ask(LedgerView ledger, LedgerQuery query, Consumer<? super T> to);

    @Override
    public Integer call() throws CommandFailure, ConfigException {
        LedgerQuery query = query();
        warnOfUnused();
        try (RoutedReads reads = store.open(spec.commandLine().getErr())) {
            Listing.print(
                    format,
                    layout(),
                    spec.commandLine().getOut(),
                    rows -> reads.<T>list((ledger, to) -> ask(ledger, query, to), rows));
        }
        return ExitCode.DONE;
    }

    /** Options that say nothing about what is asked for here. */
    Set<String> unused() {
        return Set.of("--type", "--trait", "--as-of");
    }

    private void warnOfUnused() {
        unused().stream()
                .sorted()
                .filter(option -> spec.commandLine().getParseResult().hasMatchedOption(option))
                .forEach(option -> spec.commandLine()
                        .getErr()
                        .println("nephometer: warning: " + option + " restricts nothing in query " + spec.name()));
    }

    private LedgerQuery query() throws CommandFailure {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit: " + limit + ": expected at least 1", null);
        }
        Instant earliest = TimeText.of("--from", from);
        Instant latest = TimeText.of("--to", to);
        TimeText.checkRange(earliest, latest);
        return new LedgerQuery(
                type,
                meter,
                resource,
                project,
                earliest,
                latest,
                traits,
                metadata,
                TimeText.of("--as-of", asOf),
                limit);
    }
}
