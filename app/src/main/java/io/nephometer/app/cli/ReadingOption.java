// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.cli;

import io.nephometer.app.StoreRouting;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.LedgerException;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import io.nephometer.store.replica.RouterParts;
import io.nephometer.store.replica.RoutingOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where a command reads, on every command that only looks at a ledger: the ledger, and replicas that may answer instead. */
final class ReadingOption {
    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @Option(
            names = "--slave-connection",
            paramLabel = "URL",
            description = "A replica of the ledger that may answer; may be repeated.")
    private List<String> slaves = List.of();

    @Option(
            names = "--max-staleness",
            paramLabel = "TIME",
            description = "A replica answers only if its answer lacks nothing older than this; default: 30s.")
    private @Nullable Duration maxStaleness;

    @Option(
            names = "--fallback",
            paramLabel = "WHAT",
            description =
                    "If no replica can answer: ${COMPLETION-CANDIDATES}; default: primary. stale also answers while the"
                            + " ledger is away, and says so.")
    private @Nullable Fallback fallback;

    /** Which ledger. */
    private static final class Place {
        @Option(
                names = "--store",
                paramLabel = "URL",
                description = "The ledger: sqlite:PATH, postgresql://user:password@host:port/database or mariadb://…")
        private @Nullable String url;

        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The configuration file that names the ledger and its replicas.")
        private @Nullable Path file;
    }

    /** What of the file says where the ledger is. */
    private record Part(StoreConfig store) {}

    /** Where to read, from the options or the file. */
    private record Reading(StoreUrl url, List<StoreUrl> slaves, RoutingOptions routing, Fallback fallback) {}

    /** The configuration file, if one was given. */
    @Nullable Path file() {
        return place.file;
    }

    /** Finds out which servers answer, and connects. Without replicas that is the ledger, now. */
    RoutedReads open(PrintWriter err) throws CommandFailure, ConfigException {
        Reading reading = reading();
        RouterParts<LedgerView> parts = parts(reading);
        ReplicaRouter<LedgerView> router = parts.router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        RoutedReads reads = new RoutedReads(router, reading.routing().maxStaleness(), reading.fallback(), err);
        reads.settle();
        return reads;
    }

    private static RouterParts<LedgerView> parts(Reading reading) throws CommandFailure {
        try {
            // Without replicas an address that leads nowhere is told at once.
            LedgerView view = reading.slaves().isEmpty() ? view(reading.url()) : null;
            return Ledgers.routed(
                    reading.url(),
                    view == null ? () -> view(reading.url()) : () -> view,
                    reading.slaves(),
                    LedgerOptions.DEFAULTS,
                    reading.routing(),
                    WallClock.system());
        } catch (LedgerException e) {
            throw CommandFailure.failed(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private static LedgerView view(StoreUrl url) {
        return Ledgers.openReadOnly(url, LedgerOptions.DEFAULTS, WallClock.system());
    }

    private Reading reading() throws CommandFailure, ConfigException {
        return place.file == null ? fromOptions() : fromFile(place.file);
    }

    private Reading fromOptions() throws CommandFailure {
        try {
            RoutingOptions usual = RoutingOptions.DEFAULTS;
            return new Reading(
                    StoreUrl.parse(place.url == null ? "" : place.url),
                    slaves.stream().map(StoreUrl::parse).toList(),
                    withStaleness(usual),
                    fallback == null ? Fallback.PRIMARY : fallback);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private Reading fromFile(Path file) throws CommandFailure, ConfigException {
        StoreConfig store = ConfigurationFile.readPart(file, Part.class).value().store();
        try {
            return new Reading(
                    StoreRouting.primary(store),
                    slaves.isEmpty()
                            ? StoreRouting.slaves(store)
                            : slaves.stream().map(StoreUrl::parse).toList(),
                    withStaleness(StoreRouting.options(store)),
                    fallback == null ? store.fallback() : fallback);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e.getMessage(), e);
        }
    }

    private RoutingOptions withStaleness(RoutingOptions usual) {
        return maxStaleness == null
                ? usual
                : new RoutingOptions(maxStaleness, usual.probeInterval(), usual.silence(), usual.fallbackReads());
    }
}
