// SPDX-License-Identifier: Apache-2.0
package io.nephometer.benchmarks.replica;

import io.nephometer.app.audit.Audits;
import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.benchmarks.TemporaryFolder;
import io.nephometer.model.HostShare;
import io.nephometer.model.InstanceVersion;
import io.nephometer.pipeline.NotificationProcessor;
import io.nephometer.pipeline.decode.NotificationDecoder;
import io.nephometer.pipeline.decode.TimeWindow;
import io.nephometer.pipeline.definitions.DefinitionOptions;
import io.nephometer.pipeline.definitions.Definitions;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.sources.audits.AuditRounds;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.AuditView.State;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.ReplicaRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What an audit of usage does in each situation, by what it is told to do if no replica can answer. */
final class LagAudits implements AutoCloseable {
    /** In the order in which they are tried. */
    static final List<String> FALLBACKS = List.of("skip", "stale", "primary");

    private static final Definitions SHIPPED = Definitions.shipped(DefinitionOptions.DEFAULTS);
    private static final String SOURCE = "nova";
    private static final String HOST = "compute-1";
    private static final int HOURS = 22;
    private static final LedgerOptions IMPATIENT = new LedgerOptions(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            2,
            10,
            10_000,
            CommitProbe.NONE);

    private final Instant begin =
            WallClock.system().instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(HOURS));
    private final Ledger ledger;
    private final NotificationProcessor processor = new NotificationProcessor(
            new NotificationDecoder(1 << 20, TimeWindow.unlimited(WallClock.system())), () -> SHIPPED, _ -> {});
    private Instant end = begin;

    /** A cloud with one instance. */
    LagAudits(StoreUrl url) {
        ledger = Ledgers.open(url, IMPATIENT, WallClock.system());
        ledger.inventoryDesk()
                .put(List.of(new InstanceVersion(
                        "i-1", begin, begin, HOST, begin, null, Map.of("state", "active", "memory_mb", 512L))));
    }

    /** An hour more is over, and its inventory complete on the primary. */
    void hourEnds() {
        end = end.plus(Duration.ofHours(1));
        if (!ledger.inventoryDesk().complete(SOURCE, begin, end.plusSeconds(120))) {
            throw new IllegalStateException("the inventory is not complete up to " + end);
        }
    }

    /** What an audit of that hour did, with each fallback. */
    List<String> did(ReplicaRouter<LedgerView> router) throws IOException, ConfigException {
        List<String> did = new ArrayList<>();
        for (String fallback : FALLBACKS) {
            did.add(did(router, configuration(fallback)));
        }
        return did;
    }

    private static Configuration configuration(String fallback) throws IOException, ConfigException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path file = Files.writeString(
                    folder.file("n.yaml"),
                    "audits: {max_staleness: 2s, fallback: " + fallback + ", usage: {period: hour, catch_up: "
                            + (HOURS + 2) + "h}}\n");
            return ConfigurationFile.read(file).value();
        }
    }

    private String did(ReplicaRouter<LedgerView> router, Configuration configuration) {
        try {
            List<AuditRounds> rounds = Audits.over(
                    ledger,
                    Optional.empty(),
                    router,
                    configuration.store(),
                    processor,
                    Objects.requireNonNull(configuration.audits()),
                    "bench");
            // Its id does not begin with a digit, so it is in the last share.
            AuditRounds.Report report = rounds.getFirst().run(List.of(HostShare.COUNT - 1));
            String source = source();
            return source.isEmpty() ? "delayed: " + brief(String.valueOf(report.why())) : source;
        } catch (AuditException e) {
            return "delayed: " + brief(String.valueOf(e.getMessage()));
        }
    }

    /** Where the audit of the hour read, if it was done; it is wanted again. */
    private String source() {
        List<String> sources = new ArrayList<>();
        ledger.audits().runs(run -> {
            if (run.key().period().end().equals(end) && run.state() == State.DONE) {
                sources.add(run.source());
                if (!ledger.audits().again(run.key())) {
                    throw new IllegalStateException("cannot be done again: " + run.key());
                }
            }
        });
        String source = String.join(" and ", sources);
        int stale = source.indexOf(", stale");
        if (stale >= 0) {
            return source.substring(stale + 2);
        }
        if (source.isEmpty()) {
            return source;
        }
        return source.startsWith("replica ") ? "by the replica" : "by the " + source;
    }

    /** The reason alone, without addresses and times. */
    private static String brief(String why) {
        if (why.startsWith("nothing was read")) {
            return why.substring(why.lastIndexOf('(') + 1, why.length() - 1);
        }
        if (why.startsWith("the inventory is complete up to")) {
            return why.contains(", stale")
                    ? "the stale answer lacks the end of the hour"
                    : "the answer lacks the end of the hour";
        }
        return "the primary does not answer";
    }

    @Override
    public void close() {
        ledger.close();
    }
}
