// SPDX-License-Identifier: Apache-2.0
package io.nephometer.app.central;

import static org.assertj.core.api.Assertions.assertThat;

import io.nephometer.coordination.Member;
import io.nephometer.coordination.memory.InProcessCoordinator;
import io.nephometer.model.WorkUnit;
import io.nephometer.runtime.Ticker;
import io.nephometer.runtime.WallClock;
import io.nephometer.sources.polling.duty.Beginning;
import io.nephometer.store.Ledgers;
import io.nephometer.store.ledger.Ledger;
import io.nephometer.store.ledger.LedgerOptions;
import io.nephometer.store.ledger.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerEpochsTest {
    private static final WorkUnit IMAGES = new WorkUnit("cloud", Duration.ofMinutes(10), "images");
    private static final Set<String> PLAN = PlanGroups.of("plan", List.of(IMAGES));

    @TempDir
    private Path folder;

    private Ledger ledger;
    private final InProcessCoordinator members = new InProcessCoordinator(Duration.ofMinutes(5), Ticker.system());

    @BeforeEach
    void openLedger() {
        ledger = Ledgers.open(
                new StoreUrl.Sqlite(folder.resolve("ledger.db")), LedgerOptions.DEFAULTS, WallClock.system());
    }

    @AfterEach
    void close() {
        ledger.close();
        members.close();
    }

    /** What is found by who gains a unit of a process that takes part in this now. */
    private Beginning after(String before, Set<String> groups) throws Exception {
        LedgerEpochs epochs = new LedgerEpochs(
                Map.of(IMAGES.key(), IMAGES), () -> Optional.of(LedgerDesks.of(ledger)), members, () -> {});
        epochs.take(IMAGES.key(), before);
        members.beat(new Member(before, "1", groups));
        long epoch = epochs.take(IMAGES.key(), "gains-after-" + before);
        return epochs.beginning(IMAGES.key(), epoch).orElseThrow();
    }

    @Test
    void whoLivesAndPolls_endsWhatItIsAt() throws Exception {
        assertThat(after("a", Set.of(CentralPolling.GROUP)).handedOver()).isTrue();
        assertThat(after("b", PLAN).handedOver()).as("takes no part just now").isTrue();
    }

    /** It is not waited for: the one that polled is gone. */
    @Test
    void aProcessOfAnotherWorkWithItsName_endsNothing() throws Exception {
        assertThat(after("a", Set.of("audits")).handedOver()).isFalse();
        assertThat(after("b", Set.of()).handedOver()).isFalse();
    }

    @Test
    void oneThatWasOwnedByNobodyElse_isNotHandedOver() throws Exception {
        LedgerEpochs epochs = new LedgerEpochs(
                Map.of(IMAGES.key(), IMAGES), () -> Optional.of(LedgerDesks.of(ledger)), members, () -> {});
        members.beat(new Member("a", "1", Set.of(CentralPolling.GROUP)));
        for (int i = 0; i < 2; i++) {
            long epoch = epochs.take(IMAGES.key(), "a");
            assertThat(epochs.beginning(IMAGES.key(), epoch).orElseThrow().handedOver())
                    .isFalse();
        }
    }
}
