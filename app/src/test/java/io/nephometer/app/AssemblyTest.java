// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.app.config.Configuration;
import io.nephometer.app.config.ConfigurationFile;
import io.nephometer.app.config.RetentionConfig;
import io.nephometer.app.config.Role;
import io.nephometer.app.config.StoreConfig;
import io.nephometer.model.BodyHash;
import io.nephometer.model.Bytes;
import io.nephometer.model.CommitOutcome;
import io.nephometer.model.Failure;
import io.nephometer.model.LedgerBatch;
import io.nephometer.model.Processed;
import io.nephometer.model.RawMessage;
import io.nephometer.runtime.Lifecycle;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.CommitProbe;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.RecoveryFilter;
import io.nephometer.store.ledger.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyTest {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private String url = "";

    @BeforeEach
    void name() {
        url = "sqlite:" + folder.resolve("ledger.db");
    }

    @Test
    void aStartedProcess_removesWhatIsOlderThanItsRetention() throws Exception {
        keep(START, "old");
        keep(START.plus(Duration.ofDays(1)), "young");
        assertThat(kept()).containsExactlyInAnyOrder("old", "young");

        InstantSource clock = InstantSource.fixed(START.plus(Duration.ofDays(2)));
        Assembly assembly =
                new Assembly(configuration(), clock, Ticker.system(), CommitProbe.NONE, UnaryOperator.identity());
        try (Lifecycle process = assembly.assemble(Set.of(Role.COLLECTOR), "here")) {
            process.start();
            awaitRemoval("old");
        }

        assertThat(kept()).containsExactly("young");
    }

    /** Of the file's own, with an interval shorter than it may say: the chores run on the real clock. */
    private Configuration configuration() throws IOException, ConfigException {
        Path file = Files.writeString(
                folder.resolve("nephometer.yaml"),
                "telemetry: {enabled: false}\nstore: {url: \"" + url + "\", retention: {recovery: 36h}}\n");
        Configuration read = ConfigurationFile.read(file).value();
        StoreConfig store = read.store();
        RetentionConfig retention = store.retention();
        return new Configuration(
                read.roles(),
                new StoreConfig(
                        store.url(),
                        store.password(),
                        store.connections(),
                        store.connectTimeout(),
                        store.statementTimeout(),
                        store.readTimeout(),
                        store.slaveConnection(),
                        store.maxStaleness(),
                        store.probeInterval(),
                        store.slaveTimeout(),
                        store.fallback(),
                        store.fallbackReadsPerSecond(),
                        new RetentionConfig(
                                retention.events(),
                                retention.samples(),
                                retention.recovery(),
                                retention.audited(),
                                Duration.ofMillis(10),
                                retention.rowsPerRun())),
                read.collector(),
                read.definitions(),
                read.novaCells(),
                read.openstack(),
                read.inventory(),
                read.sharedCache(),
                read.compute(),
                read.central(),
                read.audits(),
                read.telemetry(),
                read.logging());
    }

    private void keep(Instant when, String body) {
        Bytes bytes = Bytes.utf8(body);
        Processed broken = new Processed.Unprocessable(
                RawMessage.ofBody(bytes),
                null,
                BodyHash.of(bytes.toArray()),
                new Failure(Failure.Step.DECODE, Failure.Kind.NOT_JSON, "broken"));
        try (Ledger ledger = Ledgers.open(StoreUrl.parse(url), LedgerOptions.DEFAULTS, InstantSource.fixed(when))) {
            assertThat(ledger.commit(new LedgerBatch("test", List.of(broken))))
                    .isInstanceOf(CommitOutcome.Committed.class);
        }
    }

    private void awaitRemoval(String body) {
        long start = System.nanoTime();
        while (kept().contains(body)) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("until \"%s\" is removed", body)
                    .isLessThan(LIMIT);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private List<String> kept() {
        List<String> bodies = new ArrayList<>();
        try (LedgerView ledger =
                Ledgers.openReadOnly(StoreUrl.parse(url), LedgerOptions.DEFAULTS, InstantSource.fixed(START))) {
            ledger.recovery()
                    .entries(
                            RecoveryFilter.ALL,
                            entry -> bodies.add(entry.message().body().toText()));
        }
        return bodies;
    }
}
