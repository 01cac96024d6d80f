// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nephometer.app.StoreRouting;
import io.nephometer.app.config.AuditReadConfig;
import io.nephometer.app.config.AuditsConfig;
import io.nephometer.app.config.Configuration;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.runtime.config.ConfigException;
import io.nephometer.runtime.config.ConfigReader;
import io.nephometer.sources.audits.AuditException;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.LedgerView;
import io.nephometer.store.ledger.StoreUrl;
import io.nephometer.store.replica.Fallback;
import io.nephometer.store.replica.ReadIntent;
import io.nephometer.store.replica.ReplicaRouter;
import io.nephometer.store.replica.RouterObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each audit reads as its own section says, where no replica is known to be of any help. */
class TaskReadsTest {
    private static final String FILE = """
            store:
              url: postgresql://nobody@127.0.0.1:1/ledger
              slave_connection: [postgresql://nobody@127.0.0.1:2/ledger]
              max_staleness: 45s
            audits:
              fallback: skip
              usage: {fallback: primary}
              bandwidth: {read: primary}
              volumes: {max_staleness: 5m}
              hosts: {fallback: stale, max_staleness: 2m}
            """;

    @TempDir
    private Path folder = Path.of("");

    private Ledger ledger;
    private ReplicaRouter<LedgerView> router;
    private AuditsConfig audits;
    private TaskReads reads;

    @BeforeEach
    void open() throws ConfigException {
        Configuration file = new ConfigReader("N", Map.of())
                .read(FILE, "f", Configuration.class)
                .value();
        audits = Objects.requireNonNull(file.audits());
        StoreUrl url = new StoreUrl.Sqlite(folder.resolve("ledger.db"));
        ledger = Ledgers.open(url, LedgerOptions.DEFAULTS, WallClock.system());
        // it is never started, so nothing is known of the replica
        router = StoreRouting.parts(file.store(), () -> ledger, WallClock.system())
                .router(WallClock.system(), Ticker.system(), RouterObserver.NONE);
        reads = TaskReads.routed(() -> Optional.of(ledger), router, audits, file.store());
    }

    @AfterEach
    void close() {
        router.close();
        ledger.close();
    }

    private static String source(AuditReads reads) throws AuditException {
        return reads.read(view -> view.inventory().mark("nova")).source();
    }

    private static void assertPutOff(AuditReads reads) {
        assertThatThrownBy(() -> source(reads))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("nothing was read");
        assertThatThrownBy(() -> reads.complete(Instant.EPOCH, LedgerView::inventory))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("nothing was read");
    }

    @Test
    void whoseFallbackIsThePrimaryReadsIt_andTheOthersPutItOff() throws AuditException {
        assertThat(source(reads.of(audits.usage().reads()))).isEqualTo("primary");
        assertPutOff(reads.of(audits.volumes().reads()));
        assertPutOff(reads.of(audits.pendingDeletes().reads()));
        assertPutOff(reads.of(AuditReadConfig.AS_OTHERS));
    }

    @Test
    void whoReadsThePrimaryReadsNoReplica() throws AuditException {
        AuditReads bandwidth = reads.of(audits.bandwidth().reads());
        assertThat(bandwidth).isInstanceOf(PrimaryReads.class);
        assertThat(source(bandwidth)).isEqualTo("primary");
    }

    @Test
    void whatASectionDoesNotSayIsAsAllAuditsDo_andThenAsTheStoreDoes() {
        assertThat(reads.of(audits.volumes().reads()))
                .isEqualTo(new ReplicaReads(router, new ReadIntent.Bounded(Duration.ofMinutes(5)), Fallback.SKIP));
        assertThat(reads.of(audits.hosts().reads()))
                .isEqualTo(new ReplicaReads(router, new ReadIntent.Bounded(Duration.ofMinutes(2)), Fallback.STALE));
        assertThat(reads.of(audits.usage().reads()))
                .isEqualTo(new ReplicaReads(router, new ReadIntent.Bounded(Duration.ofSeconds(45)), Fallback.PRIMARY));
    }
}
